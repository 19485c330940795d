using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Schedules;

/// <summary>Keeps schedules, and shows what came of them.</summary>
public sealed class ScheduleService(ScheduleStore schedules, JobInputStore inputs, JobService jobs, DueStore due, TimeProvider clock)
{
    public const int MostSchedules = 1_000;

    /// <summary>Adds one. Its id derives from <paramref name="seed"/>: the same twice is one schedule.</summary>
    /// <exception cref="DomainException"><c>upload_not_found</c>, <c>csv_…</c>, <c>too_many_schedules</c>.</exception>
    public async Task<ScheduleView> AddAsync(TenantId tenant, NewSchedule asked, string seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        await inputs.RequireRowsAsync(tenant, new JobSource(JobSource.Upload, asked.UploadId), asked.Column, cancellationToken);
        if (await CountAsync(tenant, cancellationToken) >= MostSchedules)
            throw new DomainException(ScheduleErrors.TooMany(MostSchedules));
        var now = clock.GetUtcNow();
        var next = asked.Recurrence.Next(now);
        var scheduleId = $"sch_{seed}";
        var schedule = new ValidationSchedule
        {
            ScheduleId = scheduleId,
            Name = asked.Name,
            UploadId = asked.UploadId,
            Recurrence = asked.Recurrence,
            Dedupe = asked.Dedupe,
            SmtpProbe = asked.SmtpProbe,
            Column = asked.Column,
            CreatedAt = now,
            NextRunAt = next,
            DueRow = DueStore.RowOf(next, tenant, scheduleId),
        };
        await due.AddAsync(ScheduleRunner.Kind, schedule.DueRow, cancellationToken);
        await schedules.AddAsync(tenant, schedule, cancellationToken);
        return ScheduleView.Of(await RequireAsync(tenant, scheduleId, cancellationToken));
    }

    /// <exception cref="DomainException"><c>schedule_not_found</c>.</exception>
    public async Task<ScheduleView> GetAsync(TenantId tenant, string scheduleId, CancellationToken cancellationToken) => ScheduleView.Of(await RequireAsync(tenant, scheduleId, cancellationToken));

    /// <summary>Oldest first, with the id to go on from.</summary>
    public async Task<(IReadOnlyList<ScheduleView> Items, string? Next)> ListAsync(TenantId tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<ScheduleView>(limit);
        await foreach (var schedule in schedules.ListAsync(tenant, after, limit + 1, cancellationToken))
        {
            if (items.Count == limit)
                return (items, items[^1].ScheduleId);
            items.Add(ScheduleView.Of(schedule));
        }
        return (items, null);
    }

    /// <exception cref="DomainException"><c>schedule_not_found</c>.</exception>
    public async Task RemoveAsync(TenantId tenant, string scheduleId, CancellationToken cancellationToken)
    {
        var schedule = await RequireAsync(tenant, scheduleId, cancellationToken);
        await schedules.RemoveAsync(tenant, scheduleId, cancellationToken);
        await due.RemoveAsync(ScheduleRunner.Kind, schedule.DueRow, cancellationToken);
    }

    /// <summary>Newest first, with the id to go on from.</summary>
    /// <exception cref="DomainException"><c>schedule_not_found</c>.</exception>
    public async Task<(IReadOnlyList<RunView> Items, string? Next)> RunsAsync(TenantId tenant, string scheduleId, string after, int limit, CancellationToken cancellationToken)
    {
        await RequireAsync(tenant, scheduleId, cancellationToken);
        var runs = new List<ScheduleRun>(limit + 1);
        await foreach (var run in schedules.RunsAsync(tenant, scheduleId, after, limit + 1, cancellationToken))
        {
            runs.Add(run);
            if (runs.Count > limit)
                break;
        }
        var views = await Task.WhenAll(runs.Take(limit).Select(async run => RunView.Of(run, run.JobId is null ? null : await jobs.FindAsync(tenant, run.JobId, cancellationToken))));
        return (views, runs.Count > limit ? runs[limit - 1].RunId : null);
    }

    private async Task<ValidationSchedule> RequireAsync(TenantId tenant, string scheduleId, CancellationToken cancellationToken) =>
        await schedules.FindAsync(tenant, scheduleId, cancellationToken) ?? throw new DomainException(ScheduleErrors.NotFound);

    private async Task<int> CountAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in schedules.ListAsync(tenant, "", 1000, cancellationToken))
            count++;
        return count;
    }
}
