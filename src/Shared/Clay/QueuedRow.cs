using ProspectOps.Prospects;

namespace ProspectOps.Clay;

/// <summary>A row that a push has to send.</summary>
/// <param name="Key">Row key; sorts by when it is next tried.</param>
/// <param name="Json">The body of the request.</param>
/// <param name="Tries">Made so far.</param>
public sealed record QueuedRow(string Key, string PoRowId, Tier Tier, byte[] Json, int Tries, DateTimeOffset NextAt);
