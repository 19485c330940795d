using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Platform.Idempotency;

/// <summary>Table <c>Idempotency</c>: tenant · SHA-256 of operation and key. A row holds what was asked, the ids that the answer will use, and in the end the answer.</summary>
/// <remarks>
/// The ids are chosen by the first request and kept in the row, so that a second one after a crash makes nothing a second time:
/// what it creates has the same ids.
/// </remarks>
public sealed class IdempotencyStore(IStorage storage, IdSource ids, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
    // Longer than any request that creates something takes: a first that has not answered by then is dead.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly ITable _table = storage.Table("Idempotency");

    /// <summary>Begins, or finds the answer of the first.</summary>
    /// <param name="partition">Begins with the tenant.</param>
    /// <param name="fields">Top-level fields of the body and a hash of each, by which a conflict names what differs.</param>
    /// <exception cref="DomainException"><c>idempotency_key_reused</c>, <c>idempotency_in_progress</c>.</exception>
    public async Task<IdempotentRequest> BeginAsync(string partition, string operation, string key, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var rowKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{operation}\n{key}")));
        while (true)
        {
            var now = clock.GetUtcNow();
            var mine = new TableRow(partition, rowKey)
            {
                ["Fields"] = JsonSerializer.Serialize(fields),
                ["Seed"] = ids.NewSuffix(),
                ["LeaseUntil"] = now + Lease,
                ["ExpiresAt"] = now + KeptFor,
            };
            if (await _table.TryInsertAsync(mine, cancellationToken))
            {
                // Read back, for the version that the answer will replace.
                mine = await _table.FindAsync(partition, rowKey, cancellationToken) ?? mine;
                return new IdempotentRequest(mine, null);
            }
            if (await _table.FindAsync(partition, rowKey, cancellationToken) is not { } first)
                continue;
            if (first.Time("ExpiresAt") <= now)
            {
                mine.Version = first.Version;
                if (await _table.TryReplaceAsync(mine, cancellationToken) is { } version)
                {
                    mine.Version = version;
                    return new IdempotentRequest(mine, null);
                }
                continue;
            }
            RefuseOther(first, fields);
            if (first.Text("Body") is { } body)
                return new IdempotentRequest(first, new IdempotentReply((int)first.Number("Status"), first.Text("Location"), body));
            if (first.Time("LeaseUntil") > now)
                throw new DomainException(IdempotencyErrors.InProgress);
            first["LeaseUntil"] = now + Lease;
            if (await _table.TryReplaceAsync(first, cancellationToken) is { } taken)
            {
                first.Version = taken;
                return new IdempotentRequest(first, null);
            }
        }
    }

    /// <summary>Keeps the answer for whoever asks again.</summary>
    public async Task CompleteAsync(IdempotentRequest request, IdempotentReply reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reply);
        request.Row["Status"] = reply.Status;
        request.Row["Location"] = reply.Location;
        request.Row["Body"] = reply.Body;
        // Lost only to a second request that took over a lapsed lease: it answers the same, having the same ids.
        await _table.TryReplaceAsync(request.Row, cancellationToken);
    }

    /// <summary>Gives the key back after a refusal: what was wrong with the request may be mended.</summary>
    public Task AbandonAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _table.DeleteAsync(request.Row.Partition, request.Row.Row, cancellationToken);
    }

    private static void RefuseOther(TableRow first, IReadOnlyDictionary<string, string> fields)
    {
        var before = JsonSerializer.Deserialize<Dictionary<string, string>>(first.Text("Fields") ?? "{}")!;
        var differing = before.Keys.Union(fields.Keys)
            .Where(name => before.GetValueOrDefault(name) != fields.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (differing.Length > 0)
            throw new DomainException(IdempotencyErrors.Reused(differing));
    }
}
