using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>A chunk's row: whether it is done, and who has it.</summary>
public sealed record JobChunk
{
    public required TenantId Tenant { get; init; }
    public required string JobId { get; init; }
    public required int Number { get; init; }
    public ChunkState State { get; init; }

    /// <summary>Rows of the list that its addresses stand for.</summary>
    public int Rows { get; init; }

    public string? Owner { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Times that checking it failed; not those that its process was killed.</summary>
    public int Failures { get; init; }

    /// <summary>Why it failed last.</summary>
    public string? Cause { get; init; }

    /// <summary>The blob of its results, as far as they are known.</summary>
    public string? Results { get; init; }

    /// <summary>Times that results were recorded.</summary>
    public int Passes { get; init; }

    /// <summary>Passes after which some were put off.</summary>
    public int Deferrals { get; init; }

    /// <summary>Not to be gone on with before.</summary>
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>Addresses of its last pass to be settled with the quota.</summary>
    public int Unsettled { get; init; }
    public string? Version { get; init; }

    public bool IsHeldAt(DateTimeOffset now) => LeaseUntil > now;

    /// <summary>What a pass's share of the quota is known by.</summary>
    public string QuotaName(int pass) => string.Create(CultureInfo.InvariantCulture, $"{JobId}|{Number}|{pass}");

    internal static string PartitionOf(TenantId tenant, string jobId) => $"{tenant.Value}|{jobId}";

    internal static string RowOf(int number) => string.Create(CultureInfo.InvariantCulture, $"k|{number:000000}");

    internal static string InputRowOf(int number) => string.Create(CultureInfo.InvariantCulture, $"i|{number:000000}");

    internal TableRow Write() => new(PartitionOf(Tenant, JobId), RowOf(Number))
    {
        ["State"] = State.ToString(),
        ["Rows"] = Rows,
        ["Owner"] = Owner,
        ["LeaseUntil"] = LeaseUntil,
        ["Failures"] = Failures,
        ["Cause"] = Cause,
        ["Results"] = Results,
        ["Passes"] = Passes,
        ["Deferrals"] = Deferrals,
        ["ResumeAt"] = ResumeAt,
        ["Unsettled"] = Unsettled,
        Version = Version,
    };

    internal static JobChunk Read(TenantId tenant, string jobId, TableRow row) => new()
    {
        Tenant = tenant,
        JobId = jobId,
        Number = int.Parse(row.Row.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture),
        State = Enum.Parse<ChunkState>(row.Text("State")!),
        Rows = (int)row.Number("Rows"),
        Owner = row.Text("Owner"),
        LeaseUntil = row.Time("LeaseUntil"),
        Failures = (int)row.Number("Failures"),
        Cause = row.Text("Cause"),
        Results = row.Text("Results"),
        Passes = (int)row.Number("Passes"),
        Deferrals = (int)row.Number("Deferrals"),
        ResumeAt = row.Time("ResumeAt"),
        Unsettled = (int)row.Number("Unsettled"),
        Version = row.Version,
    };
}
