using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Validation.Schedules;

/// <summary>Starts what is due. May run twice and be killed anywhere: a run's id, and its job's, derive from the schedule and the time that it was due.</summary>
/// <remarks>What was missed while nothing ran is due once: the next time is counted from now.</remarks>
public sealed class ScheduleRunner(ScheduleStore schedules, JobService jobs, DueStore due, EventPublisher events, TimeProvider clock, ILogger<ScheduleRunner> log)
{
    public const string Kind = "schedules";

    /// <returns>Runs that were begun.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var begun = 0;
        await due.ForEachAsync(Kind, clock.GetUtcNow(), async item =>
        {
            if (await schedules.FindAsync(item.Tenant, item.Id, cancellationToken) is { } schedule && schedule.DueRow == item.Row)
            {
                await RunAsync(item.Tenant, schedule, cancellationToken);
                begun++;
            }
            else if (item.At > clock.GetUtcNow() - TimeSpan.FromMinutes(10))
            {
                return; // A reminder comes before its schedule; one that stays alone was left by a crash.
            }
            await due.RemoveAsync(Kind, item.Row, cancellationToken);
        }, cancellationToken);
        return begun;
    }

    private async Task RunAsync(TenantId tenant, ValidationSchedule schedule, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var seed = SeedOf(schedule);
        var run = new ScheduleRun($"run_{seed}", schedule.NextRunAt, now, $"job_{seed}", null);
        await schedules.KeepRunAsync(tenant, schedule.ScheduleId, run, cancellationToken);
        try
        {
            await jobs.StartAsync(tenant, schedule.Request(run.RunId), seed, cancellationToken);
        }
        catch (DomainException e)
        {
            await FailAsync(tenant, schedule, run, e.Error.Code, e.Error.Detail, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            await FailAsync(tenant, schedule, run, e.Message, "Its file could not be read; the operator's log says why.", cancellationToken);
        }
        var next = schedule.Recurrence.Next(now);
        var dueRow = DueStore.RowOf(next, tenant, schedule.ScheduleId);
        await due.AddAsync(Kind, dueRow, cancellationToken);
        if (!await schedules.TryReplaceAsync(tenant, schedule with { NextRunAt = next, DueRow = dueRow }, cancellationToken))
            await due.RemoveAsync(Kind, dueRow, cancellationToken); // deleted meanwhile, or run by another
    }

    private async Task FailAsync(TenantId tenant, ValidationSchedule schedule, ScheduleRun run, string cause, string told, CancellationToken cancellationToken)
    {
        log.ScheduleFailed(schedule.ScheduleId, cause);
        await schedules.KeepRunAsync(tenant, schedule.ScheduleId, run with { JobId = null, Error = told }, cancellationToken);
        await events.PublishAsync(ScheduleFailure.Of(tenant, schedule.ScheduleId, run.RunId, null, told), cancellationToken);
    }

    /// <summary>The time that it was due, and a hash: sorted by time as all ids are, and the same again after a crash.</summary>
    private static string SeedOf(ValidationSchedule schedule)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, schedule.NextRunAt.ToUnixTimeMilliseconds() << 16);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{schedule.ScheduleId}|{schedule.NextRunAt.UtcTicks}")).AsSpan(0, 10).CopyTo(bytes[6..]);
        return Base32.Encode(bytes, 26);
    }
}
