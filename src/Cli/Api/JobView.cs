using System.Text.Json;

namespace ProspectOps.Cli.Api;

/// <summary>A validation job as the API shows it.</summary>
internal sealed class JobView
{
    private JobView(JsonElement raw) => Raw = raw;

    public JsonElement Raw { get; }

    public string Id => Raw.Text("jobId");

    public string Status => Raw.Text("status");

    public bool IsOver => Status is "Completed" or "CompletedWithErrors" or "Canceled";

    public long Total => Raw.Count("total");

    public long Done => Raw.Count("done");

    public long Duplicates => Raw.Count("duplicates");

    public double RatePerSecond => Raw.Number("ratePerSecond");

    public double EtaSeconds => Raw.Number("etaSeconds");

    public long DeadChunks => Raw.Child("chunks").Count("dead");

    public long CacheHits => Raw.Child("cache").Count("hits");

    /// <summary>The quota that it waits for; empty where it does not.</summary>
    public string WaitsFor => Raw.Child("waitsFor").Text("quota");

    public string Error => Raw.Text("error");

    public DateTimeOffset? StartedAt => Raw.Time("startedAt");

    public DateTimeOffset? FinishedAt => Raw.Time("finishedAt");

    /// <summary>Verdict to rows, in the API's order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ByVerdict =>
        Raw.Child("byVerdict") is { ValueKind: JsonValueKind.Object } verdicts
            ? [.. verdicts.EnumerateObject().Select(verdict => KeyValuePair.Create(verdict.Name, verdicts.Count(verdict.Name)))] : [];

    public static JobView Of(JsonElement raw) => new(raw);
}
