using System.Globalization;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Up to 50 events for one endpoint that are attempted together: their work item, with its lease. Each event has an outcome and a schedule of its own.</summary>
public sealed record DeliveryBatch
{
    public required TenantId Tenant { get; init; }
    public required string EndpointId { get; init; }

    /// <summary>That of its events; of a replay, one of the replay's time: newest first, and the same for the same work.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the <see cref="EventBatch"/> that it delivers.</summary>
    public required string Source { get; init; }

    public required string EventType { get; init; }
    public string? WorkflowId { get; init; }
    public string? CampaignId { get; init; }

    /// <summary>The partition of people that its events are about, <see cref="Campaigns.ProspectShard.Count"/> for what is about the campaign itself.</summary>
    public int ProspectShard { get; init; }

    /// <summary>How many endpoints hear of its events; 0 where no workflow counts them.</summary>
    public int Listeners { get; init; }

    /// <summary>The replay that it belongs to; null for the first time that its events are delivered.</summary>
    public string? ReplayId { get; init; }

    /// <summary>The retry of dead letters that waits for what comes of it.</summary>
    public string? RetryId { get; init; }

    /// <summary>One character an event: <see cref="DeliveryState"/>.</summary>
    public required string States { get; init; }

    /// <summary>Its deliveries, in the order of <see cref="States"/>.</summary>
    public required IReadOnlyList<DeliveryLog> Log { get; init; }

    /// <summary>The turn to come, 1 for the first: a message for another one is out of date.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>When the first of its open events is due; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string? Owner { get; init; }

    /// <summary>Null while nobody has it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Row of table <c>Due</c> that reminds of it.</summary>
    public required string DueRow { get; init; }

    /// <summary>What a turn that is recorded has still to bring about. Of a batch that is done it stays: the reminder's going says that it is settled.</summary>
    public AttemptEffects? Effects { get; init; }

    /// <summary>How often its message was given up because handling it failed.</summary>
    public int Faults { get; init; }

    /// <summary>Where its log lies, where that is large.</summary>
    public string? LogBlob { get; init; }

    public string? Version { get; init; }

    public bool HasOpen => States.Any(DeliveryState.IsOpen);

    /// <summary>Whether a cancel of its workflow still stops something of it. A replay was asked for apart from its workflow.</summary>
    public bool EndsWithItsWorkflow => WorkflowId is not null && Listeners > 0 && States.Any(DeliveryState.IsUntried);

    public string Partition => PartitionOf(Tenant, EndpointId);

    public string DeliveryId(int index) => DeliveryIdOf(EndpointId, Name, index);

    /// <summary>Indices of the open events that are due by then.</summary>
    public int[] DueBy(DateTimeOffset time) =>
        [.. Enumerable.Range(0, States.Length).Where(index => DeliveryState.IsOpen(States[index]) && (Log[index].NextAttemptAt is not { } at || at <= time))];

    /// <summary>Holds endpoint, batch and place in it, so that finding a delivery is a point read.</summary>
    public static string DeliveryIdOf(string endpointId, string name, int index) => string.Create(CultureInfo.InvariantCulture, $"dlv_{endpointId[4..]}{name}{index:00}");

    /// <summary>False where it is no delivery's id.</summary>
    public static bool TryParseId(string? deliveryId, out string endpointId, out string name, out int index)
    {
        const int EndpointCharacters = 26;
        (endpointId, name, index) = ("", "", 0);
        if (deliveryId is not { Length: > 4 + EndpointCharacters + 2 and < 100 } || !deliveryId.StartsWith("dlv_", StringComparison.Ordinal) || !deliveryId.Skip(4).All(char.IsAsciiLetterOrDigit))
            return false;
        endpointId = $"whe_{deliveryId.AsSpan(4, EndpointCharacters)}";
        name = deliveryId[(4 + EndpointCharacters)..^2];
        return int.TryParse(deliveryId.AsSpan(deliveryId.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    public static string PartitionOf(TenantId tenant, string endpointId) => $"{tenant.Value}|{endpointId}";
}
