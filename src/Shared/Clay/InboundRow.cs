using ProspectOps.Prospects;

namespace ProspectOps.Clay;

/// <summary>A row that came in and could be read.</summary>
/// <param name="Index">Its place in the request, 0 for the first.</param>
/// <param name="PoRowId">Null where the row carries none.</param>
/// <param name="Prospect">What it says of the person; for a row that is known it need not name them.</param>
/// <param name="Content">Hash of what it says.</param>
public sealed record InboundRow(int Index, string? PoRowId, Prospect Prospect, string Content);
