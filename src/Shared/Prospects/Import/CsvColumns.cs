namespace ProspectOps.Prospects.Import;

/// <summary>Names that columns map to.</summary>
internal static class CsvColumns
{
    public const string CustomPrefix = "custom.";
}
