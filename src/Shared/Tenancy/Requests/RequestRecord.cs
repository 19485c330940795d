namespace ProspectOps.Tenancy.Requests;

/// <summary>One request, as it was answered.</summary>
/// <param name="KeyId">As clients have it: <c>key_…</c>.</param>
/// <param name="Route">As the documentation has it, without what stood in it, which may be an address: <c>/api/campaigns/{id}</c>.</param>
/// <param name="LatencyMs">Until the last byte of the answer was handed over.</param>
/// <param name="Bytes">Of the answer's body; null in rows of an earlier form, for files and refusals.</param>
public sealed record RequestRecord(DateTimeOffset At, string RequestId, string KeyId, string Method, string Route, int Status, double LatencyMs, long? Bytes);
