using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Clay;

/// <summary>Section <c>Clay</c>. The limits are Clay's own; they are settings because plans differ.</summary>
public sealed class ClayOptions
{
    /// <summary>Where Clay reaches this installation, such as <c>https://ops.example.com</c>. Empty: the address that a set-up was asked at.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Rows a second for one tenant, or for all tenants of one workspace, over all connections and processes. Default 10.</summary>
    [Range(0.1, 1000)]
    public double RatePerSecond { get; init; } = 10;

    /// <summary>Rows that may go at once after a pause. Default 10: Clay takes 20, and ten may still be on their way, where the network delays a slice (<see cref="PushSending.RowsInSlice"/>).</summary>
    [Range(1, 1000)]
    public int Burst { get; init; } = 10;

    /// <summary>Rows that one webhook takes in its life. Default 50,000.</summary>
    [Range(1, 100_000_000)]
    public long LifetimeLimit { get; init; } = 50_000;

    /// <summary>Bytes of one row as JSON. Default 100,000.</summary>
    [Range(1_000, 10_000_000)]
    public int MostRowBytes { get; init; } = 100_000;

    /// <summary>After how many seconds a row that was sent and did not come back is overdue. Default one hour.</summary>
    [Range(1, 30 * 86_400)]
    public double OverdueAfterSeconds { get; init; } = 3600;

    /// <summary>Seconds until a row that Clay did not take for now is tried again; empty for the usual 1 s, 2 s, 5 s, 15 s, 1 min, 5 min, 15 min.</summary>
    public IList<double> RetryDelaysSeconds { get; init; } = [];

    internal IList<double> RetryDelays => RetryDelaysSeconds.Count > 0 ? RetryDelaysSeconds : UsualRetryDelays;

    private static readonly double[] UsualRetryDelays = [1, 2, 5, 15, 60, 300, 900];

    /// <summary>For how many seconds rows that come in are gathered before their people go through the pipeline. Default 2.</summary>
    [Range(0.1, 300)]
    public double GatherSeconds { get; init; } = 2;
}
