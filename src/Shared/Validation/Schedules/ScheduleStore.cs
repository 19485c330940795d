using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Schedules;

/// <summary>Table <c>Schedules</c>: tenant · scheduleId. Table <c>ScheduleRuns</c>: tenant|schedule · inverted runId, the newest first.</summary>
public sealed class ScheduleStore(IStorage storage)
{
    private readonly ITable _schedules = storage.Table("Schedules");
    private readonly ITable _runs = storage.Table("ScheduleRuns");

    public Task<bool> AddAsync(TenantId tenant, ValidationSchedule schedule, CancellationToken cancellationToken) => _schedules.TryInsertAsync(Write(tenant, schedule), cancellationToken);

    public async Task<ValidationSchedule?> FindAsync(TenantId tenant, string scheduleId, CancellationToken cancellationToken) =>
        IdSource.IsWellFormed(scheduleId, "sch") && await _schedules.FindAsync(tenant.Value, scheduleId, cancellationToken) is { } row ? Read(row) : null;

    public async IAsyncEnumerable<ValidationSchedule> ListAsync(TenantId tenant, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _schedules.RangeAsync(tenant.Value, after.Length == 0 ? "" : after + "!", "~", pageSize, cancellationToken))
            yield return Read(row);
    }

    /// <summary>False where it changed since it was read, or is gone.</summary>
    public async Task<bool> TryReplaceAsync(TenantId tenant, ValidationSchedule schedule, CancellationToken cancellationToken) =>
        await _schedules.TryReplaceAsync(Write(tenant, schedule), cancellationToken) is not null;

    /// <summary>Takes it away, and all its runs.</summary>
    public async Task RemoveAsync(TenantId tenant, string scheduleId, CancellationToken cancellationToken)
    {
        await _schedules.DeleteAsync(tenant.Value, scheduleId, cancellationToken);
        await foreach (var row in _runs.RangeAsync(PartitionOf(tenant, scheduleId), "", "~", 1000, cancellationToken))
            await _runs.DeleteAsync(row.Partition, row.Row, cancellationToken);
    }

    /// <summary>Keeps a run, as it now is.</summary>
    public Task KeepRunAsync(TenantId tenant, string scheduleId, ScheduleRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _runs.UpsertAsync(new TableRow(PartitionOf(tenant, scheduleId), Base32.Invert(run.RunId)) { ["Run"] = JsonSerializer.Serialize(run, JsonDefaults.Options) }, cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<ScheduleRun> RunsAsync(TenantId tenant, string scheduleId, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _runs.RangeAsync(PartitionOf(tenant, scheduleId), after.Length == 0 ? "" : Base32.Invert(after) + "!", "~", pageSize, cancellationToken))
            yield return JsonSerializer.Deserialize<ScheduleRun>(row.Text("Run") ?? "", JsonDefaults.Options)!;
    }

    private static string PartitionOf(TenantId tenant, string scheduleId) => $"{tenant.Value}|{scheduleId}";

    private static TableRow Write(TenantId tenant, ValidationSchedule schedule) => new(tenant.Value, schedule.ScheduleId)
    {
        ["Schedule"] = JsonSerializer.Serialize(schedule, JsonDefaults.Options),
        Version = schedule.Version,
    };

    private static ValidationSchedule Read(TableRow row) => JsonSerializer.Deserialize<ValidationSchedule>(row.Text("Schedule") ?? "", JsonDefaults.Options)! with { Version = row.Version };
}
