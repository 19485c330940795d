using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Tenancy.Audit;

/// <summary>Who did what to what, from where: kept before the change is made, so that no change is without its entry. An entry whose change failed stays: somebody tried.</summary>
public sealed class AuditLog(AuditStore store, AuditSigningKey signing, TimeProvider clock)
{
    private const int PageRows = 500;
    // What one page of a list may read to find what it is asked for.
    private const int MostRead = 5_000;

    /// <summary>Adds an entry to the log of the tenant that it concerns, and to the log of who did it.</summary>
    public async Task RecordAsync(TenantId tenant, AuditDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await store.AppendAsync(tenant, draft, cancellationToken);
        if (TenantId.TryRecorded(draft.ActorTenant, out var actors) && actors != tenant)
            await store.AppendAsync(actors, draft with { Target = $"{tenant.Value}/{draft.Target}" }, cancellationToken);
    }

    /// <summary>A page, newest first; where to go on, or null at the end. A page may be short, or empty, where few of many entries are wanted.</summary>
    public async Task<(IReadOnlyList<StoredAuditEntry> Entries, string? Next)> PageAsync(TenantId tenant, AuditFilter filter, string after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredAuditEntry>(limit);
        var read = 0;
        await foreach (var stored in NewestFirstAsync(tenant, filter, after, cancellationToken))
        {
            if (filter.Matches(stored.Entry))
                found.Add(stored);
            if (found.Count == limit || ++read == MostRead)
                return (found, $"{stored.Entry.Month}|{stored.Row}");
        }
        return (found, null);
    }

    /// <summary>All that is wanted, newest first.</summary>
    public async IAsyncEnumerable<StoredAuditEntry> AllAsync(TenantId tenant, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await foreach (var stored in NewestFirstAsync(tenant, filter, "", cancellationToken))
        {
            if (filter.Matches(stored.Entry))
                yield return stored;
        }
    }

    /// <summary>What an export is of, and a signature of that: the ends of the chains at the time, to hold the file against.</summary>
    public async Task<(string Manifest, string Signature)> ManifestAsync(TenantId tenant, AuditFilter filter, CancellationToken cancellationToken)
    {
        var heads = new List<object>();
        foreach (var month in await store.MonthsAsync(tenant, cancellationToken))
        {
            if (await store.HeadAsync(tenant, month, cancellationToken) is { } head)
                heads.Add(new { head.Month, entries = head.Seq, lastHash = head.Hash });
        }
        var manifest = JsonSerializer.Serialize(new { tenantId = tenant.Value, exportedAt = clock.GetUtcNow(), filter, months = heads }, JsonDefaults.Options);
        return (manifest, signing.Sign(manifest));
    }

    /// <summary>Walks every chain from its end to its beginning.</summary>
    public async Task<AuditVerdict> VerifyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        AuditBreak? first = null;
        long entries = 0;
        // Newest first, so that the break found last is the oldest.
        foreach (var month in (await store.MonthsAsync(tenant, cancellationToken)).Reverse())
        {
            var head = await store.HeadAsync(tenant, month, cancellationToken);
            if (head is not { IsSealed: true })
                first = new AuditBreak(null, month, head?.Seq ?? 0, "head");
            var (expected, hash) = (head?.Seq, head?.Hash);
            await foreach (var stored in store.NewestFirstAsync(tenant, month, "", PageRows, cancellationToken))
            {
                var seq = AuditStore.SeqOf(stored.Row);
                // Rows beyond the end were written after we read where it is.
                if (seq > head?.Seq)
                    continue;
                entries++;
                if (seq != expected)
                    first = new AuditBreak(null, month, seq + 1, "missing");
                else if (hash is not null && stored.Hash != hash)
                    first = new AuditBreak(stored.Entry.AuditId, month, seq, stored.Entry.Seq == seq ? "changed" : "misplaced");
                // What stands in another's place says nothing of the one before that place.
                (expected, hash) = (seq - 1, stored.Entry.Seq == seq ? stored.Entry.PreviousHash : null);
            }
            if (expected > 0)
                first = new AuditBreak(null, month, 1, "missing");
        }
        return new AuditVerdict(first is null, entries, first);
    }

    private async IAsyncEnumerable<StoredAuditEntry> NewestFirstAsync(TenantId tenant, AuditFilter filter, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (afterMonth, afterRow) = after.IndexOf('|', StringComparison.Ordinal) is var bar and > 0 ? (after[..bar], after[(bar + 1)..]) : ("~", "");
        foreach (var month in (await store.MonthsAsync(tenant, cancellationToken)).Reverse())
        {
            if (string.CompareOrdinal(month, afterMonth) > 0 || IsOutside(month, filter))
                continue;
            await foreach (var stored in store.NewestFirstAsync(tenant, month, month == afterMonth ? afterRow : "", PageRows, cancellationToken))
            {
                if (stored.Entry.At < filter.From)
                    break;
                yield return stored;
            }
        }
    }

    private static bool IsOutside(string month, AuditFilter filter) =>
        (filter.From is { } from && string.CompareOrdinal(month, $"{from.UtcDateTime:yyyyMM}") < 0)
        || (filter.To is { } to && string.CompareOrdinal(month, $"{to.UtcDateTime:yyyyMM}") > 0);
}
