namespace ProspectOps.Clay;

/// <summary>A column of a table.</summary>
/// <param name="Type">As Clay names it.</param>
/// <param name="Formula">Null for a column that is filled from outside.</param>
public sealed record ClayColumn(string Name, string Type, string? Formula = null);
