using System.Globalization;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Up to 50 events for one endpoint that are attempted together: their work item, with its lease.</summary>
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

    /// <summary>One character an event: <c>o</c> open, <c>d</c> delivered, <c>x</c> dead.</summary>
    public required string States { get; init; }

    /// <summary>Its deliveries, in the order of <see cref="States"/>.</summary>
    public required IReadOnlyList<DeliveryLog> Log { get; init; }

    /// <summary>The attempt to be made next, 1 for the first.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Null before the first attempt: at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string? Owner { get; init; }

    /// <summary>Null while nobody has it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Row of table <c>Due</c> that reminds of it.</summary>
    public required string DueRow { get; init; }

    /// <summary>What an attempt that is recorded has still to bring about: counts and dead letters.</summary>
    public AttemptEffects? Effects { get; init; }

    public string? Version { get; init; }

    public bool HasOpen => States.Contains('o', StringComparison.Ordinal);

    public string Partition => PartitionOf(Tenant, EndpointId);

    public string DeliveryId(int index) => DeliveryIdOf(EndpointId, Name, index);

    /// <summary>Holds endpoint, batch and place in it, so that finding a delivery is a point read.</summary>
    public static string DeliveryIdOf(string endpointId, string name, int index) => string.Create(CultureInfo.InvariantCulture, $"dlv_{endpointId[4..]}{name}{index:00}");

    public static string PartitionOf(TenantId tenant, string endpointId) => $"{tenant.Value}|{endpointId}";

    internal TableRow Write() => new(Partition, $"b|{Name}")
    {
        ["Source"] = Source,
        ["EventType"] = EventType,
        ["WorkflowId"] = WorkflowId,
        ["CampaignId"] = CampaignId,
        ["ProspectShard"] = ProspectShard,
        ["States"] = States,
        ["Log"] = PackedJson.Pack(Log),
        ["Attempt"] = Attempt,
        ["NextAttemptAt"] = NextAttemptAt,
        ["Owner"] = Owner,
        ["LeaseUntil"] = LeaseUntil,
        ["DueRow"] = DueRow,
        ["Effects"] = Effects is null ? null : JsonSerializer.Serialize(Effects, JsonDefaults.Options),
        Version = Version,
    };

    internal static DeliveryBatch Read(TenantId tenant, string endpointId, TableRow row) => new()
    {
        Tenant = tenant,
        EndpointId = endpointId,
        Name = row.Row[2..],
        Source = row.Text("Source")!,
        EventType = row.Text("EventType")!,
        WorkflowId = row.Text("WorkflowId"),
        CampaignId = row.Text("CampaignId"),
        ProspectShard = (int)row.Number("ProspectShard"),
        States = row.Text("States")!,
        Log = PackedJson.Unpack<List<DeliveryLog>>(row.Bytes("Log")!),
        Attempt = (int)row.Number("Attempt"),
        NextAttemptAt = row.Time("NextAttemptAt"),
        Owner = row.Text("Owner"),
        LeaseUntil = row.Time("LeaseUntil"),
        DueRow = row.Text("DueRow")!,
        Effects = row.Text("Effects") is { } effects ? JsonSerializer.Deserialize<AttemptEffects>(effects, JsonDefaults.Options) : null,
        Version = row.Version,
    };
}
