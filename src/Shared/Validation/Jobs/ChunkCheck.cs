using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Tenancy.Usage;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Smtp;
using ProspectOps.Validation.Statistics;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Validation.Jobs;

/// <summary>One pass over the addresses of a chunk: who must not be written to, what is remembered, then what is left and paid for.</summary>
/// <remarks>
/// What is known after a pass is kept with the chunk, so that a later pass, for what a mail server put off or a quota did not cover,
/// asks about the rest alone.
/// </remarks>
public sealed class ChunkCheck(
    ChunkStore chunks, IEmailValidator validator, ValidationCache cache, IMailboxProber prober, RuleStore rules, SuppressionService suppressions, QuotaService quotas,
    CheckStatistics statistics, RecentResults recent, UsageMeter usage, TimeProvider clock) : IDisposable
{
    // Chunks that wait for no mail server are work for this process and the store: more at once would only take memory.
    private const int MostAtOnce = 4;

    // After 15, 30 and 45 minutes: then what is known is taken as it is.
    private const int MostDeferrals = 3;

    private readonly SemaphoreSlim _turns = new(MostAtOnce, MostAtOnce);

    internal async Task<ChunkPass> RunAsync(TenantId tenant, ValidationJob job, JobChunk chunk, CancellationToken cancellationToken)
    {
        if (job.Request.SmtpProbe)
            return await PassAsync(tenant, job, chunk, cancellationToken);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await PassAsync(tenant, job, chunk, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<ChunkPass> PassAsync(TenantId tenant, ValidationJob job, JobChunk chunk, CancellationToken cancellationToken)
    {
        var input = await chunks.InputAsync(chunk, cancellationToken);
        var before = await chunks.ResultAsync(chunk, cancellationToken) ?? ChunkResult.Begin(input);
        var results = before.Results.ToArray();
        var deferred = before.Deferred.ToHashSet();
        var subject = new QuotaSubject(tenant, job.Request.KeyId);
        // A pass whose process died before its quota was settled: this one takes its place in the row.
        if (chunk.Unsettled > 0)
            await quotas.SettleBatchAsync(subject, QuotaMetric.Validation, chunk.QuotaName(chunk.Passes - 1), chunk.Unsettled, cancellationToken);
        var settings = new ValidationSettings(job.Request.SmtpProbe, await rules.GetAsync(tenant, cancellationToken));

        await SuppressAsync(tenant, input, results, cancellationToken);
        var (hits, missed) = await RecallAsync(tenant, input, results, settings, cancellationToken);
        int[] paid = [.. Enumerable.Range(0, results.Length).Where(index => results[index] is null)];
        var reservation = await quotas.ReserveBatchAsync(subject, QuotaMetric.Validation, chunk.QuotaName(chunk.Passes), paid.Length, cancellationToken);
        var covered = paid.Take((int)reservation.Granted).ToArray();
        int[] asked = [.. covered, .. deferred];
        deferred.Clear();

        DateTimeOffset? resumeAt = null;
        if (asked.Length > 0)
        {
            var batch = await validator.CheckManyAsync([.. asked.Select(index => input.Emails[index])], settings, cancellationToken);
            foreach (var (index, one) in asked.Zip(batch.Checked))
            {
                results[index] = one.Result;
                if (one.AskAgainAt is not { } at || chunk.Deferrals >= MostDeferrals)
                    continue;
                deferred.Add(index);
                resumeAt = resumeAt > at ? resumeAt : at;
            }
        }
        var wait = covered.Length < paid.Length ? new JobWait(reservation.Quota!, reservation.ResetsAt!.Value) : null;
        return new ChunkPass(input, before, new ChunkResult(input.Places, results, [.. deferred]), hits, covered.Count(missed.Contains), covered.Length, reservation.Quota is not null, resumeAt, wait);
    }

    /// <returns>The chunk as it then stands; null where it was lost to another.</returns>
    internal async Task<JobChunk?> RecordAsync(TenantId tenant, ValidationJob job, JobChunk held, ChunkPass pass, CancellationToken cancellationToken)
    {
        var recorded = held with
        {
            State = pass.After.IsWhole ? ChunkState.Done : ChunkState.Open,
            Owner = null,
            LeaseUntil = null,
            Cause = null,
            Passes = held.Passes + 1,
            Deferrals = held.Deferrals + (pass.ResumeAt is null ? 0 : 1),
            ResumeAt = pass.ResumeAt,
            Unsettled = pass.IsLimited ? pass.Paid : 0,
        };
        if (!await chunks.RecordAsync(held, recorded, pass.After, JobCounts.Deltas(pass.Input, pass.Before, pass.After, pass.Hits, pass.Misses), cancellationToken))
            return null;
        ValidationResult[] fresh = [.. pass.After.Results.Where((_, index) => !pass.Before.IsFinal(index) && pass.After.IsFinal(index)).Select(result => result!)];
        statistics.Count(tenant, new EmailBatch([.. fresh.Select(result => new CheckedEmail(result, null))], pass.Hits, pass.Misses));
        usage.Count(tenant, job.Request.KeyId, "validation.job", new UsageCounts(Validations: fresh.Length, CacheHits: pass.Hits));
        recent.Add(tenant, fresh.TakeLast(RecentResults.Most).Select(result => (result.Email, result.Checks.Rule is null ? result.Verdict : (Verdict?)null)));
        // After the results are kept: what is not given out is not paid for.
        if (pass.IsLimited)
            await quotas.SettleBatchAsync(new QuotaSubject(tenant, job.Request.KeyId), QuotaMetric.Validation, held.QuotaName(held.Passes), pass.Paid, cancellationToken);
        await cache.WriteAsync(tenant, fresh.Where(result => !IsSuppressed(result)), cancellationToken);
        return recorded;
    }

    private static bool IsSuppressed(ValidationResult result) => result.Reasons is [ValidationReasons.Suppressed, ..];

    private async Task SuppressAsync(TenantId tenant, ChunkInput input, ValidationResult?[] results, CancellationToken cancellationToken)
    {
        var suppressed = await suppressions.FindAsync(tenant, input.Emails, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var index in suppressed)
            results[index] ??= SuppressedResult.Of(input.Emails[index], now);
    }

    /// <returns>How many are remembered, and who is not.</returns>
    private async Task<(int Hits, HashSet<int> Missed)> RecallAsync(TenantId tenant, ChunkInput input, ValidationResult?[] results, ValidationSettings settings, CancellationToken cancellationToken)
    {
        var rule = new RuleMatcher(settings.Rules);
        int[] open = [.. Enumerable.Range(0, results.Length).Where(index => results[index] is null && IsOpen(input.Emails[index], rule))];
        // Where mail servers cannot be asked, a verdict without them is the best that there is.
        var needsProbe = settings.SmtpProbe && await prober.CanAskAsync(cancellationToken);
        var remembered = await cache.ReadAsync(tenant, [.. open.Select(index => input.Emails[index])], needsProbe, cancellationToken);
        foreach (var (index, result) in open.Zip(remembered))
            results[index] = result;
        HashSet<int> missed = [.. open.Where(index => results[index] is null)];
        return (open.Length - missed.Count, missed);
    }

    /// <summary>Whether neither its text nor a rule of the tenant decides, so that a remembered verdict may.</summary>
    private static bool IsOpen(string email, RuleMatcher rule) => EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out _) && rule.Find(address) is null;
}
