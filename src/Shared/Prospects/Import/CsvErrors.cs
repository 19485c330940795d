using ProspectOps.Platform.Errors;

namespace ProspectOps.Prospects.Import;

/// <summary>Why a whole file is refused, each with its mend.</summary>
internal static class CsvErrors
{
    private const string SaveAsCsv = "Open it in the program that it comes from and save it as CSV (UTF-8).";

    public static DomainException Empty() =>
        Refuse("csv_empty", "The file is empty.", "Send a CSV file: a header line, then one line a person.");

    public static DomainException Binary() =>
        Refuse("csv_binary", "The file is no text: a spreadsheet, an archive or an image, perhaps.", SaveAsCsv);

    public static DomainException NoRows() =>
        Refuse("csv_no_rows", "The file has a header and no rows.", "Add a line for each person below the header.");

    public static DomainException NoUsableColumn(bool looksLikeData) => Refuse(
        "csv_no_usable_column",
        looksLikeData
            ? "The first line holds an address, so it is no header."
            : "No column holds an e-mail address, a LinkedIn profile, or a last name beside a company.",
        "Name the columns in the first line, for example: email,firstName,lastName,company,title.");

    public static DomainException DuplicateColumn(string first, string second, string field) => Refuse(
        "csv_duplicate_column",
        $"The columns \"{Short(first)}\" and \"{Short(second)}\" are both {field}.",
        "Rename or delete one of the two.");

    public static DomainException TooManyColumns(int columns) => Refuse(
        "csv_too_many_columns", $"The file has {columns} columns; {CsvLimits.Columns} are the most.", "Delete the columns that nobody needs.");

    public static DomainException QuoteOpen(long line) => Refuse(
        "csv_quote_open",
        $"A quote is opened in the row that begins in line {line} and never closed: all that follows would be one cell.",
        "Close the quote, or double it where it is text (\"\"), and send the file again.");

    public static DomainException RowTooLong(long line) => Refuse(
        "csv_row_too_long",
        $"The row that begins in line {line} is over {CsvLimits.Row / 1_048_576} MiB.",
        "Look for a quote that is opened there and never closed.");

    private static string Short(string name) => name.Length > 60 ? $"{name[..60]}…" : name;

    private static DomainException Refuse(string code, string detail, string fix) => new(new DomainError(ErrorKind.Invalid, code, detail) { Fix = fix });
}
