using ProspectOps.Platform.Errors;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Validation.Jobs;

/// <summary>Rows of a CSV file.</summary>
internal sealed class CsvJobRows(CsvFile file, int emailIndex) : IJobRows
{
    public IReadOnlyList<string> Header => file.Header;

    public string Email => emailIndex < file.Reader.FieldCount ? file.Reader.GetString(emailIndex) : "";

    public int Width => file.Reader.FieldCount;

    public DomainError? BrokenOff { get; private set; }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadAsync(cancellationToken);
        }
        catch (DomainException e)
        {
            BrokenOff = e.Error;
            return false;
        }
    }

    public string[] Cells() => file.Cells();

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
