using ProspectOps.Campaigns;
using ProspectOps.Content;
using ProspectOps.Prospects;
using ProspectOps.Research;
using ProspectOps.Validation;

namespace ProspectOps.Pipeline;

/// <summary>Validates, analyses or writes for the people of one chunk. May run twice: what it writes has keys that derive from the chunk.</summary>
public sealed class ChunkStep(
    ShardStore shards,
    WorkflowStore workflows,
    WorkflowControls controls,
    CampaignProspectStore campaign,
    AgentService agents,
    IEmailValidator validator,
    RuleStore rules,
    IProspectAnalyst analyst,
    IContentWriter writer)
{
    public async Task<ChunkOutcome> RunAsync(ChunkWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!await controls.MayRunAsync(work.Job, cancellationToken))
            return ChunkOutcome.WasStopped;
        return work.Stage switch
        {
            Stage.Validate => await ValidateAsync(work, cancellationToken),
            Stage.Analyze => await AnalyzeAsync(work, cancellationToken),
            Stage.Generate => await GenerateAsync(work, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(work)),
        };
    }

    private async Task<ChunkOutcome> ValidateAsync(ChunkWork work, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (await FindDoneAsync<CheckedProspect>(work, cancellationToken) is { } done)
            return new ChunkOutcome(false, done.Length);

        var people = await shards.ChunkAsync(job.TenantId, job.WorkflowId, work.Shard, work.Chunk, cancellationToken);
        var addressed = people.Where(person => person.Prospect.Email is not null).ToArray();
        var results = await validator.ValidateAsync(
            [.. addressed.Select(person => person.Prospect.Email!)],
            await SettingsAsync(job, cancellationToken),
            cancellationToken);
        var byKey = addressed.Zip(results).ToDictionary(pair => pair.First.Key, pair => pair.Second);
        CheckedProspect[] found = [.. people.Select(person => Checked(person, byKey.GetValueOrDefault(person.Key)))];

        found = await workflows.KeepAsync(job.TenantId, job.WorkflowId, Key(work), found, cancellationToken);
        var invalid = found.Count(person => person.Stops);
        await workflows.CompleteAsync(job.TenantId, job.WorkflowId, Key(work), Deltas(("Done", people.Count), ("Invalid", invalid)));
        // Those who stop here are counted in the campaign too, by the next stage.
        return new ChunkOutcome(false, people.Count);
    }

    /// <summary>Without mail servers a verdict costs less than looking it up in storage: domains are remembered in memory. With them
    /// each answer that is remembered saves a session, and storage is worth its calls (docs/adr/0024).</summary>
    private async Task<ValidationSettings> SettingsAsync(PipelineJob job, CancellationToken cancellationToken) =>
        new(job.Settings.SmtpProbe, await rules.GetAsync(job.TenantId, cancellationToken))
        {
            Tenant = job.TenantId,
            Cache = job.Settings.SmtpProbe ? CacheUse.Storage : CacheUse.Memory,
        };

    private static CheckedProspect Checked(ShardProspect person, ValidationResult? result)
    {
        var kept = result is null ? null : new ProspectValidation(result.Verdict, result.Score, result.Reasons, result.CheckedAt);
        return new CheckedProspect(person.Line, person.Key, kept, result?.Verdict == Verdict.Undeliverable ? person.Prospect.Email : null);
    }

    private async Task<ChunkOutcome> AnalyzeAsync(ChunkWork work, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (await FindDoneAsync<CampaignProspect>(work, cancellationToken) is { } done)
            return new ChunkOutcome(false, done.Length);

        var people = await shards.ChunkAsync(job.TenantId, job.WorkflowId, work.Shard, work.Chunk, cancellationToken);
        var found = job.Settings.ValidateEmails
            ? (await workflows.ResultAsync<CheckedProspect[]>(job.TenantId, job.WorkflowId, Key(work) with { Stage = Stage.Validate }, cancellationToken)
                ?? throw new InvalidOperationException("A chunk is analysed before it is validated.")).ToDictionary(person => person.Key)
            : [];
        var remaining = people.Where(person => !found.TryGetValue(person.Key, out var one) || !one.Stops).ToArray();
        var pack = await agents.PackAsync(job.TenantId, job.Industry, cancellationToken);
        var analyses = await analyst.AnalyzeAsync(pack, [.. remaining.Select(person => new KeyedProspect(person.Key, person.Prospect))], cancellationToken);
        CampaignProspect[] analyzed = [.. remaining.Zip(analyses, (person, analysis) =>
            new CampaignProspect(person.Key, person.Prospect, found.GetValueOrDefault(person.Key)?.Validation, analysis, null, ProspectTracking.None))];

        await campaign.AddAsync(
            job.TenantId, job.CampaignId, ProspectShard.OfKey(people[0].Key), Marker(work), analyzed,
            [.. found.Values.Where(person => person.Stops).Select(person => person.Validation!.Verdict)], cancellationToken);

        CampaignProspect[] eligible = [.. analyzed.Where(person => job.Settings.GenerateFor.Contains(person.Analysis.Tier))];
        var deltas = Deltas(("Done", analyzed.Length), ("Eligible", eligible.Length));
        foreach (var tier in analyzed.CountBy(person => person.Analysis.Tier))
            deltas[$"Tier{tier.Key}"] = tier.Value;
        if (eligible.Length > 0)
            await workflows.KeepAsync(job.TenantId, job.WorkflowId, Key(work), eligible, cancellationToken);
        await workflows.CompleteAsync(job.TenantId, job.WorkflowId, Key(work), deltas);
        return new ChunkOutcome(false, eligible.Length);
    }

    private async Task<ChunkOutcome> GenerateAsync(ChunkWork work, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (work.Attempt > 1 && await workflows.IsDoneAsync(job.TenantId, job.WorkflowId, Key(work), cancellationToken))
            return new ChunkOutcome(false, 1);

        var people = await workflows.ResultAsync<CampaignProspect[]>(job.TenantId, job.WorkflowId, Key(work) with { Stage = Stage.Analyze }, cancellationToken)
            ?? throw new InvalidOperationException("A chunk is written for before it is analysed.");
        var pack = await agents.PackAsync(job.TenantId, job.Industry, cancellationToken);
        var sequences = await writer.WriteSequencesAsync(
            [.. people.Select(person => new ContentRequest(pack, person.Prospect, person.Analysis))], job.Settings.Steps, cancellationToken);
        CampaignProspect[] written = [.. people.Zip(sequences, (person, sequence) => person with { Content = new ProspectContent(sequence.Emails) })];

        await campaign.AddContentAsync(job.TenantId, job.CampaignId, ProspectShard.OfKey(people[0].ProspectKey), Marker(work), written, cancellationToken);
        await workflows.CompleteAsync(job.TenantId, job.WorkflowId, Key(work), Deltas(("Done", written.Length)));
        return new ChunkOutcome(false, written.Length);
    }

    /// <summary>What a chunk came to before; looked up only where the stage was begun before.</summary>
    private async Task<T[]?> FindDoneAsync<T>(ChunkWork work, CancellationToken cancellationToken) =>
        work.Attempt > 1 && await workflows.IsDoneAsync(work.Job.TenantId, work.Job.WorkflowId, Key(work), cancellationToken)
            ? await workflows.ResultAsync<T[]>(work.Job.TenantId, work.Job.WorkflowId, Key(work), cancellationToken) ?? []
            : null;

    private static ChunkKey Key(ChunkWork work) => new(work.Stage, work.Shard, work.Chunk);

    private static string Marker(ChunkWork work) => $"{work.Job.WorkflowId}|{Key(work).Marker}";

    private static Dictionary<string, long> Deltas(params ReadOnlySpan<(string Name, long Value)> deltas)
    {
        var named = new Dictionary<string, long>(deltas.Length + 4);
        foreach (var (name, value) in deltas)
            named[name] = value;
        return named;
    }
}
