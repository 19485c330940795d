namespace ProspectOps.Clay;

/// <summary>Where a table sends its rows.</summary>
/// <param name="Token">A secret, shown once.</param>
public sealed record ClayInboundAddress(Uri Url, string Header, string Token);
