using ProspectOps.Prospects;

namespace ProspectOps.Clay;

/// <summary>What a push was asked to send, and how far it has come in finding it.</summary>
/// <param name="Tier">Null for all.</param>
/// <param name="Again">Rows that were sent and never came back, instead of people who were not sent yet.</param>
/// <param name="AsOf">Overdue by then.</param>
/// <param name="RowIds">These rows alone; null for all that are overdue.</param>
/// <param name="Cursor">Where the next page begins; empty at first, null when all are found.</param>
public sealed record ClayPush(Tier? Tier, bool Again, DateTimeOffset AsOf, IReadOnlyList<string>? RowIds, string? Cursor);
