namespace ProspectOps.Prospects.Import;

/// <summary>A data row: a prospect, or why it is none.</summary>
/// <param name="Line">The line of the file where the row begins; the header's is 1.</param>
/// <param name="Prospect">Normalised; null where the row is rejected.</param>
/// <param name="Rejection">One sentence; null where it is accepted.</param>
/// <param name="Key">Whose row it is, where that was known before: a person's address may change. Null: by what the row holds.</param>
public sealed record ImportedRow(int Line, Prospect? Prospect, string? Rejection, string? Key = null);
