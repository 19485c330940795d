using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhooksOptions
{
    /// <summary>Lets events go to private, loopback and link-local addresses. For tests, and for receivers inside one network.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Single <c>host:port</c> to which events may go whatever their address is.</summary>
    public IList<string> AllowedAddresses { get; init; } = [];

    /// <summary>Seconds between an attempt and the next; empty for the usual 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h.</summary>
    public IList<double> RetryDelaysSeconds { get; init; } = [];

    /// <summary>The same in one line, such as <c>5s, 5m, 30m, 2h</c>; it wins.</summary>
    [RegularExpression(@"\s*\d+(\.\d+)?\s*(ms|s|m|h)?\s*(,\s*\d+(\.\d+)?\s*(ms|s|m|h)?\s*)*")]
    public string? RetrySchedule { get; init; }

    /// <summary>Requests at once to one endpoint from this process. Default 16.</summary>
    [Range(1, 256)]
    public int ConcurrencyPerEndpoint { get; init; } = 16;

    /// <summary>Days after which a dead letter is deleted; it is warned of three days before. Default 30.</summary>
    [Range(4, 3_650)]
    public int DeadLetterDays { get; init; } = 30;

    /// <summary>Days after which events and what became of their deliveries are deleted, and until which they can be replayed. Default 30.</summary>
    [Range(2, 3_650)]
    public int RetainDays { get; init; } = 30;

    /// <summary>Events a second that a replay sends to its endpoint. Default 50.</summary>
    [Range(1, 10_000)]
    public int ReplayPerSecond { get; init; } = 50;
}
