using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Validation.Jobs;

/// <summary>One pass over the addresses of a chunk: who must not be written to, what is remembered, then what is left and paid for.</summary>
/// <remarks>
/// What is known after a pass is kept with the chunk, so that a later pass, for what a mail server put off or a quota did not cover,
/// asks about the rest alone.
/// </remarks>
public sealed class ChunkCheck(
    ChunkStore chunks, IEmailValidator validator, ValidationCache cache, RuleStore rules, SuppressionService suppressions, QuotaService quotas, TimeProvider clock)
{
    // After 15, 30 and 45 minutes: then what is known is taken as it is.
    private const int MostDeferrals = 3;

    internal async Task<ChunkPass> RunAsync(TenantId tenant, ValidationJob job, JobChunk chunk, CancellationToken cancellationToken)
    {
        var input = await chunks.InputAsync(chunk, cancellationToken);
        var before = await chunks.ResultAsync(chunk, cancellationToken) ?? ChunkResult.Begin(input);
        var results = before.Results.ToArray();
        var deferred = before.Deferred.ToHashSet();
        var settings = new ValidationSettings(job.Request.SmtpProbe, await rules.GetAsync(tenant, cancellationToken));

        await SuppressAsync(tenant, input, results, cancellationToken);
        var hits = await RecallAsync(tenant, input, results, settings, cancellationToken);
        var (free, paid) = Split(input, results, settings.Rules);
        var reservation = await quotas.ReserveBatchAsync(new QuotaSubject(tenant, job.Request.KeyId), QuotaMetric.Validation, chunk.QuotaName(chunk.Passes), paid.Count, cancellationToken);
        var covered = paid.Take((int)reservation.Granted).ToArray();
        int[] asked = [.. free, .. covered, .. deferred];
        deferred.Clear();

        DateTimeOffset? resumeAt = null;
        if (asked.Length > 0)
        {
            var batch = await validator.CheckManyAsync([.. asked.Select(index => input.Emails[index])], settings, cancellationToken);
            foreach (var (index, one) in asked.Zip(batch.Checked))
            {
                results[index] = one.Result;
                if (one.AskAgainAt is not { } at || chunk.Passes >= MostDeferrals)
                    continue;
                deferred.Add(index);
                resumeAt = resumeAt > at ? resumeAt : at;
            }
        }
        var wait = covered.Length < paid.Count ? new JobWait(reservation.Quota!, reservation.ResetsAt!.Value) : null;
        return new ChunkPass(input, before, new ChunkResult(input.Places, results, [.. deferred]), hits, covered.Length, covered.Length, reservation.Quota is not null, resumeAt, wait);
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
            ResumeAt = pass.ResumeAt,
            Unsettled = pass.IsLimited ? pass.Paid : 0,
        };
        if (!await chunks.RecordAsync(held, recorded, pass.After, JobCounts.Deltas(pass.Input, pass.Before, pass.After, pass.Hits, pass.Misses), cancellationToken))
            return null;
        // After the results are kept: what is not given out is not paid for.
        if (pass.IsLimited)
            await quotas.SettleBatchAsync(new QuotaSubject(tenant, job.Request.KeyId), QuotaMetric.Validation, held.QuotaName(held.Passes), pass.Paid, cancellationToken);
        await cache.WriteAsync(tenant, pass.After.Results.Where((result, index) => result is not null && !pass.Before.IsFinal(index) && pass.After.IsFinal(index) && !IsSuppressed(result)).Select(result => result!), cancellationToken);
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

    private async Task<int> RecallAsync(TenantId tenant, ChunkInput input, ValidationResult?[] results, ValidationSettings settings, CancellationToken cancellationToken)
    {
        var matcher = new RuleMatcher(settings.Rules);
        int[] open = [.. Enumerable.Range(0, results.Length).Where(index => results[index] is null && IsOpen(input.Emails[index], matcher))];
        var remembered = await cache.ReadAsync(tenant, [.. open.Select(index => input.Emails[index])], settings.SmtpProbe, cancellationToken);
        var hits = 0;
        foreach (var (index, result) in open.Zip(remembered))
        {
            results[index] = result;
            hits += result is null ? 0 : 1;
        }
        return hits;
    }

    /// <summary>What costs nothing, since nobody has to be asked, and what does.</summary>
    private static (List<int> Free, List<int> Paid) Split(ChunkInput input, ValidationResult?[] results, IReadOnlyList<ValidationRule> rules)
    {
        var matcher = new RuleMatcher(rules);
        var (free, paid) = (new List<int>(), new List<int>());
        for (var index = 0; index < results.Length; index++)
        {
            if (results[index] is null)
                (IsOpen(input.Emails[index], matcher) ? paid : free).Add(index);
        }
        return (free, paid);
    }

    private static bool IsOpen(string email, RuleMatcher matcher) => EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out _) && matcher.Find(address) is null;
}
