using System.Text.Json;

namespace ProspectOps.Cli.Api;

/// <summary>A workflow as the API shows it. Reads what it knows and keeps the rest, so that <c>--json</c> prints all of it.</summary>
internal sealed class WorkflowView
{
    private WorkflowView(JsonElement raw) => Raw = raw;

    public JsonElement Raw { get; }

    public string Id => Raw.Text("workflowId");

    public string? CampaignId => Raw.Text("campaignId") is { Length: > 0 } id ? id : null;

    public string Kind => Raw.Text("kind");

    public string Status => Raw.Text("status");

    public bool IsOver => Status is "Completed" or "Failed" or "Canceled";

    public bool IsActive => Status is "Pending" or "Running";

    public string Stage => Raw.Child("progress").Text("stage");

    public double Percent => Raw.Child("progress").Number("percent");

    public DateTimeOffset? CreatedAt => Raw.Time("createdAt");

    public DateTimeOffset? FinishedAt => Raw.Time("finishedAt");

    public double CostUsd => Raw.Number("costUsd");

    /// <summary>What went wrong, as one text; the API may answer a text or an object with a message in it.</summary>
    public string? Error => Raw.Child("error") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } error => error.Text("message") is { Length: > 0 } message ? message
            : error.Text("detail") is { Length: > 0 } detail ? detail : error.GetRawText(),
        _ => null,
    };

    public IReadOnlyList<StageView> Stages =>
    [
        .. Raw.Items("stages").Select(stage => new StageView(
            stage.Text("name"), stage.Text("status"), stage.Count("done"), stage.Count("total"), stage.Count("failed"))),
    ];

    /// <summary>Tier to prospects, in the API's order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ByTier =>
        Raw.Child("byTier") is { ValueKind: JsonValueKind.Object } tiers
            ? [.. tiers.EnumerateObject().Select(tier => KeyValuePair.Create(tier.Name, tiers.Count(tier.Name)))] : [];

    public DeliveriesView? Deliveries => Raw.Child("deliveries") is { ValueKind: JsonValueKind.Object } deliveries
        ? new DeliveriesView(deliveries.Count("pending"), deliveries.Count("delivered"), deliveries.Count("retrying"), deliveries.Count("dead"), deliveries.Time("nextAttemptAt"))
        : null;

    public static WorkflowView Of(JsonElement raw) => new(raw);

    public long Count(string name) => Raw.Child("counts").Count(name);
}
