using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Clay;

/// <summary>Sends what is queued, slice by slice, at the pace that Clay allows. May run twice: what a process that dies had sent and not recorded, a slice at most, is sent again.</summary>
public sealed class PushSending(
    ClayConnectionStore connections,
    ClayRowStore rows,
    ClayQueueStore queue,
    ClayClient clay,
    ClayWarnings warnings,
    WorkflowStore workflows,
    WorkflowControls controls,
    IOptions<ClayOptions> options,
    TimeProvider clock,
    ILogger<PushSending> log)
{
    /// <summary>Rows that are posted before they are recorded: the most that a crash sends twice.</summary>
    public const int RowsInSlice = 10;

    private const int AtOnce = 5;
    private const int Attempts = 20;

    // An activity that runs for long holds a slot; one that is short costs history.
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWaitHere = TimeSpan.FromSeconds(2);

    public async Task<ClayPushOutcome> RunAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await CountAsync(job, cancellationToken);
        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < StepTime)
        {
            if (!await controls.MayRunAsync(job, cancellationToken))
                return new ClayPushOutcome(ClayPushState.Stopped);
            if (await connections.FindAsync(job.TenantId, job.CampaignId, cancellationToken) is not { } connection)
                return new ClayPushOutcome(ClayPushState.Refused, Error: ClayErrors.NotConnected.Detail);
            var now = clock.GetUtcNow();
            var next = await queue.NextAsync(job.TenantId, job.WorkflowId, RowsInSlice, cancellationToken);
            if (next.Count == 0)
                return new ClayPushOutcome(ClayPushState.Done);
            var ready = next.Where(row => row.NextAt <= now).ToArray();
            var lease = ready.Length == 0 ? new ClayLease(0, next[0].NextAt - now, 0, 0) : await connections.LeaseAsync(job.TenantId, connection, ready.Length, options.Value, cancellationToken);
            if (lease.Granted == 0 && lease.Sent >= options.Value.LifetimeLimit)
                return new ClayPushOutcome(ClayPushState.Refused, Error: ClayErrors.LimitReached(options.Value.LifetimeLimit).Detail);
            if (lease.Granted == 0 && lease.Wait > LongestWaitHere)
                return new ClayPushOutcome(ClayPushState.More, lease.Wait.TotalSeconds);
            if (lease.Granted == 0)
            {
                await Task.Delay(lease.Wait, clock, cancellationToken);
                continue;
            }
            if (await SendAsync(job, connection, [.. ready.Take(lease.Granted)], cancellationToken) is { } refused)
                return new ClayPushOutcome(ClayPushState.Refused, Error: refused);
            await warnings.WarnAsync(job.TenantId, connection, lease, cancellationToken);
            await CountAsync(job, cancellationToken);
        }
        return new ClayPushOutcome(ClayPushState.More);
    }

    /// <summary>Takes back what was queued and will not be sent, so that another push may.</summary>
    public async Task ReleaseAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await CountAsync(job, cancellationToken);
        while (await queue.NextAsync(job.TenantId, job.WorkflowId, RowsInSlice, cancellationToken) is { Count: > 0 } left)
            await RecordAsync(job, left, (row, queued) => Task.FromResult(new AfterAnswer([ClayQueueStore.Done(job.TenantId, queued)], row with { QueuedBy = null })), null, cancellationToken);
    }

    /// <returns>Why the rest need not be tried; null where it may be.</returns>
    private async Task<string?> SendAsync(PipelineJob job, ClayConnection connection, IReadOnlyList<QueuedRow> slice, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<string, ClayAnswer>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(slice, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, token) =>
            answers[row.PoRowId] = await clay.PostAsync(connection, row.Json, token));

        var now = clock.GetUtcNow();
        var deliver = new Dictionary<string, long>();
        var analyze = new Dictionary<string, long>();
        foreach (var row in slice)
        {
            if (answers[row.PoRowId].IsTaken)
            {
                Add(deliver, "Done");
                Add(deliver, "Delivered");
                Add(analyze, "Done");
                Add(analyze, $"Tier{row.Tier}");
            }
            else if (IsFinal(row, answers[row.PoRowId]))
            {
                Add(deliver, "Done");
                Add(deliver, "Dead");
            }
        }
        await RecordAsync(job, slice, (row, queued) => AfterAsync(job, row, queued, answers[queued.PoRowId], now, cancellationToken), queue.Effects(job.TenantId, job.WorkflowId, deliver, analyze), cancellationToken);

        var throttled = answers.Values.Where(answer => answer.Status == 429).ToArray();
        var untaken = answers.Values.Count(answer => !answer.Counts);
        if (untaken > 0)
            await connections.GiveBackAsync(job.TenantId, connection, untaken, throttled.Length == 0 ? TimeSpan.Zero : throttled.Max(answer => answer.RetryAfter ?? TimeSpan.FromSeconds(1)), cancellationToken);
        if (throttled.Length > 0)
            log.ClayThrottled(job.WorkflowId, throttled.Length);
        return answers.Values.FirstOrDefault(answer => answer.IsAboutTheConnection)?.Status is { } status
            ? $"Clay answered {status}: {(status is 401 or 403 ? "the token of the connection is not right." : "there is no webhook at the address of the connection.")}"
            : null;
    }

    private async Task<AfterAnswer> AfterAsync(PipelineJob job, ClayRow row, QueuedRow queued, ClayAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = ClayQueueStore.Done(job.TenantId, queued);
        if (answer.IsTaken)
            return new AfterAnswer([done], row with { QueuedBy = null, Failure = null, Sends = row.Sends + 1, SentAt = now, DueAt = now + TimeSpan.FromSeconds(options.Value.OverdueAfterSeconds) });
        if (answer.IsAboutTheConnection)
            return new AfterAnswer([], null); // stays queued until the push ends, which takes it back
        if (IsFinal(queued, answer))
            return new AfterAnswer([done], row with { QueuedBy = null, Failure = answer.Reason });
        var wait = TimeSpan.FromSeconds(options.Value.RetryDelays[queued.Tries]);
        if (answer.RetryAfter > wait)
            wait = answer.RetryAfter.Value;
        return new AfterAnswer(await queue.PutOffAsync(job.TenantId, job.WorkflowId, row, queued, now + wait, cancellationToken), null);
    }

    private bool IsFinal(QueuedRow queued, ClayAnswer answer) =>
        !answer.IsTaken && !answer.IsAboutTheConnection && (!answer.MayPass || queued.Tries >= options.Value.RetryDelays.Count);

    private async Task RecordAsync(
        PipelineJob job, IReadOnlyList<QueuedRow> slice, Func<ClayRow, QueuedRow, Task<AfterAnswer>> after, TableWrite? effects, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = await Task.WhenAll(slice.Select(queued => rows.FindAsync(job.TenantId, job.CampaignId, queued.PoRowId, cancellationToken)));
            var writes = new List<TableWrite>();
            foreach (var (queued, before) in slice.Zip(known))
            {
                var (queueWrites, row) = await after(before ?? throw new InvalidDataException("A row that is queued is gone."), queued);
                writes.AddRange(queueWrites);
                if (row is not null)
                    writes.AddRange(row.WritesAfter(before));
            }
            if (effects is { } counted)
                writes.Add(counted);
            if (writes.Count == 0 || await rows.TryWriteAsync(writes, cancellationToken))
                return;
        }
        throw new TimeoutException($"Rows changed under {Attempts} attempts to record them.");
    }

    /// <summary>Counts what recorded slices came to; after a crash, those of the process before too.</summary>
    private async Task CountAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        await foreach (var effects in queue.UncountedAsync(job.TenantId, job.WorkflowId, cancellationToken))
        {
            if (effects.Deliver.Count > 0)
                await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, 0, effects.Key, effects.Deliver, cancellationToken);
            if (effects.Analyze.Count > 0)
                await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Analyze, 0, $"{effects.Key}|a", effects.Analyze, cancellationToken);
            await queue.CountedAsync(job.TenantId, effects, cancellationToken);
        }
    }

    private static void Add(Dictionary<string, long> deltas, string name) => deltas[name] = deltas.GetValueOrDefault(name) + 1;

    /// <summary>What a row becomes by its answer: writes of the queue, and the row where it changes.</summary>
    private sealed record AfterAnswer(IReadOnlyList<TableWrite> Queue, ClayRow? Row);
}
