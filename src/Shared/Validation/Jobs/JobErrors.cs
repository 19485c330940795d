using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Jobs;

public static class JobErrors
{
    public const int MostEmails = 10_000;
    private const int ColumnsShown = 20;

    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "job_not_found", "There is no such job.")
    {
        Fix = "Use a jobId that GET /api/validation/jobs lists.",
    };

    public static DomainError Finished { get; } = new(ErrorKind.Conflict, "job_finished", "The job is over.")
    {
        Fix = "Start a new one.",
    };

    public static DomainError Running { get; } = new(ErrorKind.Conflict, "job_running", "The job is not over, so its results are not whole.")
    {
        Fix = "Ask again once its status is Completed, CompletedWithErrors or Canceled.",
    };

    public static DomainError NothingDead { get; } = new(ErrorKind.Conflict, "no_dead_chunks", "No chunk of the job is dead.")
    {
        Fix = "There is nothing to run again; start a new job to check the list anew.",
    };

    public static DomainError NoEmailColumn(IReadOnlyList<string> columns) => new(
        ErrorKind.Invalid, "csv_no_email_column", $"No column is known to hold e-mail addresses; the file has {Named(columns)}.")
    {
        Fix = "Name the column email in the first line, or say which it is with ?column=NAME (on the command line: --column NAME).",
    };

    public static DomainError ColumnMissing(string wanted, IReadOnlyList<string> columns) => new(
        ErrorKind.Invalid, "csv_no_email_column", $"There is no column {Short(wanted)}; the file has {Named(columns)}.")
    {
        Fix = "Give one of these names in ?column= (on the command line: --column).",
    };

    public static DomainError SeveralEmailColumns(IReadOnlyList<string> columns) => new(
        ErrorKind.Invalid, "csv_several_email_columns", $"Several columns may hold e-mail addresses: {Named(columns)}.")
    {
        Fix = "Say which one with ?column=NAME (on the command line: --column NAME).",
    };

    private static string Named(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Take(ColumnsShown).Select(Short)) + (columns.Count > ColumnsShown ? $" and {columns.Count - ColumnsShown} more" : "");

    // A first line that is no header may hold an address: that is nobody's business here.
    private static string Short(string name) => name.Contains('@', StringComparison.Ordinal) ? "(an address)" : $"\"{(name.Length > 60 ? $"{name[..60]}…" : name)}\"";
}
