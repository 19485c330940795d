namespace ProspectOps.Tenancy.Requests;

/// <summary>Requests by columns: each name is written once, and like stands beside like, so that a row takes half the time to pack.</summary>
/// <param name="At">Ticks of 100 ns, UTC.</param>
internal sealed record RequestColumns(long[] At, string[] RequestId, string[] KeyId, string[] Method, string[] Route, int[] Status, double[] LatencyMs, long?[] Bytes)
{
    public static RequestColumns Of(IReadOnlyList<RequestRecord> requests) => new(
        [.. requests.Select(one => one.At.UtcTicks)],
        [.. requests.Select(one => one.RequestId)],
        [.. requests.Select(one => one.KeyId)],
        [.. requests.Select(one => one.Method)],
        [.. requests.Select(one => one.Route)],
        [.. requests.Select(one => one.Status)],
        [.. requests.Select(one => one.LatencyMs)],
        [.. requests.Select(one => one.Bytes)]);

    public IEnumerable<RequestRecord> NewestFirst()
    {
        for (var index = At.Length - 1; index >= 0; index--)
            yield return new RequestRecord(new DateTimeOffset(At[index], TimeSpan.Zero), RequestId[index], KeyId[index], Method[index], Route[index], Status[index], LatencyMs[index], Bytes[index]);
    }
}
