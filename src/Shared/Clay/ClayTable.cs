namespace ProspectOps.Clay;

/// <summary>A table to be made by hand.</summary>
public sealed record ClayTable(string Name, IReadOnlyList<ClayColumn> Columns, ClayHttpColumn HttpColumn);
