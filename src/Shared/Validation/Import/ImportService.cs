using ProspectOps.Platform.Errors;
using ProspectOps.Prospects.Import;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Import;

/// <summary>Takes verdicts bought elsewhere into the cache, with their age: they answer as long as ours would, counted from when they were found out.</summary>
public sealed class ImportService(JobInputStore inputs, ValidationCache cache, TimeProvider clock)
{
    private const int Wave = 20_000;
    private const int RejectedShown = 1_000;

    /// <param name="checkedAt">When they were found out, where the rows do not say; null for now.</param>
    /// <exception cref="DomainException"><c>import_columns_missing</c>, <c>upload_too_large</c>, <c>csv_…</c>.</exception>
    public async Task<ImportView> ImportAsync(TenantId tenant, ImportVendor vendor, Stream file, DateTimeOffset? checkedAt, CancellationToken cancellationToken)
    {
        var source = await inputs.KeepPlainFileAsync(tenant, file, cancellationToken);
        try
        {
            await using var csv = await inputs.OpenFileAsync(source, cancellationToken);
            return await ReadAsync(tenant, vendor, csv, checkedAt, cancellationToken);
        }
        finally
        {
            await inputs.DropAsync(source, CancellationToken.None);
        }
    }

    private async Task<ImportView> ReadAsync(TenantId tenant, ImportVendor vendor, CsvFile csv, DateTimeOffset? checkedAt, CancellationToken cancellationToken)
    {
        var columns = VendorColumns.Of(vendor, csv.Header);
        var tally = new ImportTally(vendor);
        var now = clock.GetUtcNow();
        var wave = new List<ForeignVerdict>(Wave);
        while (await csv.ReadAsync(cancellationToken))
        {
            tally.Rows++;
            if (ForeignVerdicts.Read(vendor, columns, csv.Cells()) is not { } verdict)
                tally.Reject(RejectedShown, "its verdict is none that is known");
            else if (EmailAddress.CanonicalOf(verdict.Email) is null)
                tally.Reject(RejectedShown, "it has no e-mail address");
            else
                wave.Add(verdict with { At = Earlier(verdict.At ?? checkedAt, now) });
            if (wave.Count == Wave)
                await FlushAsync(tenant, vendor, wave, tally, now, cancellationToken);
        }
        if (tally.Rows == 0)
            throw CsvErrors.NoRows();
        await FlushAsync(tenant, vendor, wave, tally, now, cancellationToken);
        return tally.View();
    }

    private async Task FlushAsync(TenantId tenant, ImportVendor vendor, List<ForeignVerdict> wave, ImportTally tally, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = wave.Where(verdict => verdict.At + VerdictLifetime.Of(verdict.Verdict) > now).ToArray();
        tally.Expired += wave.Count - fresh.Length;
        var known = await cache.ReadAsync(tenant, [.. fresh.Select(verdict => verdict.Email)], smtpProbe: false, cancellationToken);
        ForeignVerdict[] newer = [.. fresh.Where((verdict, index) => known[index] is not { } before || before.CheckedAt < verdict.At)];
        tally.Superseded += fresh.Length - newer.Length;
        await cache.WriteAsync(tenant, newer.Select(verdict => ResultOf(vendor, verdict)), cancellationToken);
        foreach (var verdict in newer)
            tally.Count(verdict.Verdict);
        wave.Clear();
    }

    private static ValidationResult ResultOf(ImportVendor vendor, ForeignVerdict foreign)
    {
        if (!EmailAddress.TryParse(foreign.Email.AsSpan().Trim(), out var address, out _))
            throw new InvalidOperationException("It was an address before.");
        var checks = new ValidationChecks(
            SyntaxCheck.Of(address), MxCheck.NotAsked, SmtpCheck.NotAttempted with { CatchAll = foreign.CatchAll }, foreign.Disposable, foreign.RoleAccount, foreign.FreeProvider, null);
        return new ValidationResult(foreign.Email, address.Canonical, foreign.Verdict, foreign.Score, foreign.Reasons, checks, null, false, foreign.At!.Value, 0)
        {
            Basis = [new ValidationBasis("imported", $"{vendor}", foreign.Said, foreign.At.Value)],
            ExpiresAt = foreign.At.Value + VerdictLifetime.Of(foreign.Verdict),
        };
    }

    // Nothing was found out tomorrow.
    private static DateTimeOffset Earlier(DateTimeOffset? at, DateTimeOffset now) => at is { } given && given < now ? given : now;
}
