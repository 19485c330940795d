namespace ProspectOps.Prospects.Import;

/// <summary>A column of the file.</summary>
/// <param name="Name">Its header, trimmed.</param>
/// <param name="MapsTo">The prospect's field, such as <c>email</c>; <c>firstName+lastName</c> for a whole name, which is split;
/// <c>custom.{name}</c> for what is not known.</param>
public sealed record CsvColumn(string Name, string MapsTo);
