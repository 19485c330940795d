using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Storage;
using ProspectOps.Validation;

namespace ProspectOps.Clay;

/// <summary>Finds what a push has to send, page by page: everybody once, nobody whose address is undeliverable. May run twice.</summary>
public sealed class PushPreparation(
    ClayRowStore rows,
    ClayQueueStore queue,
    CampaignReader reader,
    CampaignProspectStore people,
    WorkflowStore workflows,
    IEmailValidator validator,
    RuleStore rules,
    IOptions<ClayOptions> options,
    TimeProvider clock)
{
    private const int PeopleInPage = 200;

    // Four writes each, of the hundred that a transaction holds.
    private const int RowsInTransaction = 20;
    private const int LookupsAtOnce = 8;
    private const int Attempts = 20;

    public async Task PageAsync(PipelineJob job, ClayPush push, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(push);
        var cursor = push.Cursor!;
        var (candidates, next) = await CandidatesAsync(job, push, cursor, cancellationToken);
        var undeliverable = await UndeliverableAsync(job, candidates, cancellationToken);
        var deltas = new Dictionary<string, long> { ["Received"] = candidates.Count, ["Invalid"] = undeliverable.Count };
        foreach (var chunk in candidates.Where(candidate => !undeliverable.Contains(candidate.PoRowId)).Chunk(RowsInTransaction))
            await QueueAsync(job, push, chunk, deltas, cancellationToken);
        deltas["Done"] = candidates.Count - deltas.GetValueOrDefault("Duplicates");
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Validate, 0, $"page|{cursor}", deltas, cancellationToken);
        if (next is null)
            await SumUpAsync(job, cancellationToken);
        await queue.SaveAsync(job.TenantId, job.WorkflowId, push with { Cursor = next }, cancellationToken);
    }

    private async Task<(IReadOnlyList<PushCandidate> Candidates, string? Next)> CandidatesAsync(PipelineJob job, ClayPush push, string cursor, CancellationToken cancellationToken)
    {
        if (!push.Again)
        {
            var page = await reader.PageAsync(job.TenantId, job.CampaignId, push.Tier, cursor, PeopleInPage, cancellationToken);
            return ([.. page.Select(item => new PushCandidate(ClayRow.PoRowIdOf(job.TenantId, job.CampaignId, item.Person.ProspectKey), item.Person))],
                page.Count == PeopleInPage ? page[^1].Position : null);
        }
        var again = new List<ClayRow>();
        string? next = null;
        if (push.RowIds is { } named)
        {
            var start = cursor.Length == 0 ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
            foreach (var id in named.Skip(start).Take(PeopleInPage))
            {
                if (await rows.FindAsync(job.TenantId, job.CampaignId, id, cancellationToken) is { Sends: > 0 } row)
                    again.Add(row);
            }
            next = start + PeopleInPage < named.Count ? (start + PeopleInPage).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        }
        else
        {
            await foreach (var (position, row) in rows.ListAsync(job.TenantId, ClayRowIndex.Overdue(push.AsOf), cursor, job.CampaignId, PeopleInPage, cancellationToken))
            {
                again.Add(row);
                if (again.Count < PeopleInPage)
                    continue;
                next = position;
                break;
            }
        }
        var candidates = new PushCandidate[again.Count];
        await ForEachAsync(again.Index(), async item =>
            candidates[item.Index] = new PushCandidate(item.Item.PoRowId, await people.FindAsync(job.TenantId, job.CampaignId, item.Item.ProspectKey, cancellationToken)), cancellationToken);
        return (candidates, next);
    }

    /// <summary>Ids of the rows that must not be sent: their address is undeliverable by what is known today, or nobody is behind them any more.</summary>
    private async Task<HashSet<string>> UndeliverableAsync(PipelineJob job, IReadOnlyList<PushCandidate> candidates, CancellationToken cancellationToken)
    {
        var addressed = candidates.Where(candidate => candidate.Person?.Prospect.Email is not null).ToArray();
        var results = await validator.ValidateAsync(
            [.. addressed.Select(candidate => candidate.Person!.Prospect.Email!)], new ValidationSettings(false, await rules.GetAsync(job.TenantId, cancellationToken)), cancellationToken);
        return
        [
            .. addressed.Zip(results).Where(pair => pair.Second.Verdict == Verdict.Undeliverable).Select(pair => pair.First.PoRowId),
            .. candidates.Where(candidate => candidate.Person is null).Select(candidate => candidate.PoRowId),
        ];
    }

    private async Task QueueAsync(PipelineJob job, ClayPush push, PushCandidate[] chunk, Dictionary<string, long> deltas, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = new ClayRow?[chunk.Length];
            await ForEachAsync(Enumerable.Range(0, chunk.Length), async index => known[index] = await rows.FindAsync(job.TenantId, job.CampaignId, chunk[index].PoRowId, cancellationToken), cancellationToken);
            var writes = new List<TableWrite>();
            long duplicates = 0, queued = 0, tooLarge = 0;
            foreach (var (candidate, before) in chunk.Zip(known))
            {
                if (IsTaken(before, push, job.WorkflowId))
                {
                    duplicates++;
                    continue;
                }
                var row = before ?? new ClayRow { Tenant = job.TenantId, CampaignId = job.CampaignId, PoRowId = candidate.PoRowId, ProspectKey = candidate.Person!.ProspectKey };
                var json = PersonCells.Json(candidate.PoRowId, candidate.Person!);
                if (json.Length > options.Value.MostRowBytes)
                {
                    tooLarge++;
                    writes.AddRange((row with { QueuedBy = null, Failure = $"The row has {json.Length} bytes; Clay takes {options.Value.MostRowBytes}." }).WritesAfter(before));
                    continue;
                }
                queued++;
                writes.AddRange((row with { QueuedBy = job.WorkflowId, Failure = null }).WritesAfter(before));
                writes.Add(await queue.QueueAsync(job.TenantId, job.WorkflowId, row, candidate.Person!.Analysis.Tier, json, cancellationToken));
            }
            if (writes.Count > 0 && !await rows.TryWriteAsync(writes, cancellationToken))
                continue;
            Add(deltas, "Duplicates", duplicates);
            Add(deltas, "Queued", queued);
            Add(deltas, "TooLarge", tooLarge);
            return;
        }
        throw new TimeoutException($"Rows changed under {Attempts} attempts to queue them.");
    }

    private static bool IsTaken(ClayRow? row, ClayPush push, string workflowId) =>
        row is not null && ((row.QueuedBy is { } by && by != workflowId) || (push.Again ? row.ReturnedAt is not null : row.Sends > 0));

    /// <summary>All are found: the first stage ends, and the second knows how many it has to send.</summary>
    private async Task SumUpAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        var read = await workflows.ReadAsync(job.TenantId, job.WorkflowId, cancellationToken) ?? throw new InvalidOperationException("The workflow is gone.");
        var sums = new CounterSums(read.Counters);
        var (received, duplicates) = (sums[Stage.Validate, "Received"], sums[Stage.Validate, "Duplicates"]);
        var now = clock.GetUtcNow();
        var intake = new IntakeCounts(received, 0, duplicates, received - duplicates);
        await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => header.IsFinished || header.Intake is not null ? null : (header with { Intake = intake })
            .WithStage(Stage.Validate, stage => stage with { Status = StageStatus.Done, Total = intake.Unique, FinishedAt = now })
            .WithStage(Stage.Deliver, stage => stage with { Status = StageStatus.Running, Total = sums[Stage.Validate, "Queued"], StartedAt = now }), cancellationToken);
    }

    private static void Add(Dictionary<string, long> deltas, string name, long change) => deltas[name] = deltas.GetValueOrDefault(name) + change;

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken }, async (item, _) => await work(item));
}
