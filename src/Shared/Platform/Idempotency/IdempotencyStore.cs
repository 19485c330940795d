using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Secrets;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Platform.Idempotency;

/// <summary>
/// Table <c>Idempotency</c>: tenant · SHA-256 of operation and key. A row holds what was asked, the ids that the answer will use, and in the end the answer,
/// sealed, because it may hold a secret that is shown once; a large one lies in container <c>idempotency</c>.
/// </summary>
/// <remarks>
/// The ids are chosen by the first request and kept in the row, so that a second one after a crash makes nothing a second time:
/// what it creates has the same ids.
/// </remarks>
public sealed class IdempotencyStore(IStorage storage, SecretCipher cipher, IdSource ids, TimeProvider clock)
{
    // A text may have 32,768 characters in a row.
    private const int MostInRow = 30_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
    // Longer than any request that creates something takes: a first that has not answered by then is dead.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly ITable _table = storage.Table("Idempotency");
    private readonly IBlobs _large = storage.Blobs("idempotency");

    /// <summary>Begins, or finds the answer of the first.</summary>
    /// <param name="partition">Begins with the tenant.</param>
    /// <param name="fields">Top-level fields of the body and a hash of each, by which a conflict names what differs; null where they are not known yet, and given to <see cref="RequireSame"/> and <see cref="CompleteAsync"/>.</param>
    /// <exception cref="DomainException"><c>idempotency_key_reused</c>, <c>idempotency_in_progress</c>.</exception>
    public async Task<IdempotentRequest> BeginAsync(string partition, string operation, string key, IReadOnlyDictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        var rowKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{operation}\n{key}")));
        while (true)
        {
            var now = clock.GetUtcNow();
            var mine = new TableRow(partition, rowKey)
            {
                ["Fields"] = fields is null ? null : JsonSerializer.Serialize(fields),
                ["Seed"] = ids.NewSuffix(),
                ["LeaseUntil"] = now + Lease,
                ["ExpiresAt"] = now + KeptFor,
            };
            // A transaction of one, because it answers the version that the reply will replace.
            var inserted = await _table.TransactAsync([TableWrite.Insert(mine)], cancellationToken);
            if (inserted.Committed)
            {
                mine.Version = inserted.Versions[0];
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
            if (fields is not null)
                RefuseOther(first, fields);
            if (await ReplyAsync(first, cancellationToken) is { } reply)
                return new IdempotentRequest(first, reply);
            // The SDK asks again when an answer is lost, and then finds the row that it wrote itself.
            if (first.Text("Seed") == mine.Text("Seed"))
                return new IdempotentRequest(first, null);
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

    /// <summary>Holds a body that was read after the first one's answer was found against the first one's.</summary>
    /// <exception cref="DomainException"><c>idempotency_key_reused</c>.</exception>
    public static void RequireSame(IdempotentRequest request, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(fields);
        RefuseOther(request.Row, fields);
    }

    /// <summary>Keeps the answer for whoever asks again.</summary>
    /// <param name="fields">Where they were not known when it began.</param>
    public async Task CompleteAsync(IdempotentRequest request, IdempotentReply reply, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? fields = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reply);
        var row = request.Row;
        if (fields is not null)
            row["Fields"] = JsonSerializer.Serialize(fields);
        row["Status"] = reply.Status;
        row["Location"] = reply.Location;
        var body = cipher.Seal(reply.Body, PlaceOf(row));
        if (body.Length <= MostInRow)
        {
            row["Body"] = body;
        }
        else
        {
            await _large.WriteAsync(BlobOf(row), Encoding.UTF8.GetBytes(body), cancellationToken);
            row["BodyBlob"] = true;
        }
        // Lost only to a second request that took over a lapsed lease: it answers the same, having the same ids.
        await _table.TryReplaceAsync(row, cancellationToken);
    }

    /// <summary>Gives the key back after a refusal: what was wrong with the request may be mended. Where another took over a lapsed lease, the key is its.</summary>
    public Task AbandonAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _table.TransactAsync([TableWrite.Delete(request.Row)], cancellationToken);
    }

    private async Task<IdempotentReply?> ReplyAsync(TableRow row, CancellationToken cancellationToken)
    {
        var body = row.Text("Body");
        if (body is null && row.Flag("BodyBlob"))
            body = Encoding.UTF8.GetString(await _large.ReadAsync(BlobOf(row), cancellationToken) ?? throw new InvalidDataException("An answer's blob is gone."));
        return body is null ? null : new IdempotentReply((int)row.Number("Status"), row.Text("Location"), cipher.Open(body, PlaceOf(row)));
    }

    private static string PlaceOf(TableRow row) => $"{row.Partition}|idempotency|{row.Row}";

    private static string BlobOf(TableRow row) => $"{row.Partition}/{row.Row}";

    private static void RefuseOther(TableRow first, IReadOnlyDictionary<string, string> fields)
    {
        if (first.Text("Fields") is not { } text)
            return; // the first is still reading its own
        var before = JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
        var differing = before.Keys.Union(fields.Keys)
            .Where(name => before.GetValueOrDefault(name) != fields.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (differing.Length > 0)
            throw new DomainException(IdempotencyErrors.Reused(differing));
    }
}
