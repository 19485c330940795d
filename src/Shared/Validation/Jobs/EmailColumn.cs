using ProspectOps.Platform.Errors;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Validation.Jobs;

/// <summary>Which column of a file holds the addresses.</summary>
internal static class EmailColumn
{
    /// <param name="wanted">Its name, where the caller gave one.</param>
    /// <exception cref="DomainException"><c>csv_no_email_column</c>, <c>csv_several_email_columns</c>, <c>csv_too_many_columns</c>.</exception>
    public static int Find(string[] header, string? wanted)
    {
        if (header.Length > CsvLimits.Columns)
            throw CsvErrors.TooManyColumns(header.Length);
        if (wanted is not null)
        {
            var named = Array.FindIndex(header, name => string.Equals(name.Trim(), wanted.Trim(), StringComparison.OrdinalIgnoreCase));
            return named >= 0 ? named : throw new DomainException(JobErrors.ColumnMissing(wanted, header));
        }
        int[] candidates = [.. Enumerable.Range(0, header.Length).Where(index => HeaderAliases.Find(header[index].Trim()) == CsvTarget.Email)];
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new DomainException(JobErrors.NoEmailColumn(header)),
            _ => throw new DomainException(JobErrors.SeveralEmailColumns([.. candidates.Select(index => header[index])])),
        };
    }
}
