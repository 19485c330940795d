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

    /// <summary>Requests at once to one endpoint from this process. Default 16.</summary>
    [Range(1, 256)]
    public int ConcurrencyPerEndpoint { get; init; } = 16;
}
