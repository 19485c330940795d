namespace ProspectOps.Clay;

/// <summary>How many rows may be sent now.</summary>
/// <param name="Granted">At once; 0 where it has to wait.</param>
/// <param name="Wait">Until it is worth asking again.</param>
/// <param name="Sent">Rows that the webhook has taken in its life, those granted among them.</param>
/// <param name="WarnedAt">The percentage that was last warned of.</param>
public sealed record ClayLease(int Granted, TimeSpan Wait, long Sent, int WarnedAt);
