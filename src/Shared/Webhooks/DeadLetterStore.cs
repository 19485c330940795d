using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Table <c>DeadLetters</c>: tenant · deliveryId, so that an endpoint's stand together, newest first; what cannot be read at all stands under tenant <c>default</c>, by its hash. Partition tenant|retries · retry of a cluster.</summary>
public sealed class DeadLetterStore(IStorage storage)
{
    private const int MostWrites = 100;

    private readonly ITable _table = storage.Table("DeadLetters");

    /// <summary>Writes letters of one tenant; one that is there is replaced.</summary>
    public async Task UpsertAsync(TenantId tenant, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var some in letters.Chunk(MostWrites))
            await _table.TransactAsync([.. some.Select(letter => TableWrite.Upsert(Write(tenant, letter)))], cancellationToken);
    }

    public async Task<DeadLetter?> FindAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, deliveryId, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>All of a tenant, or of one endpoint, behind <paramref name="after"/>.</summary>
    public async IAsyncEnumerable<DeadLetter> RangeAsync(TenantId tenant, string? endpointId, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = endpointId is null ? "" : $"dlv_{endpointId[4..]}";
        await foreach (var row in _table.RangeAsync(tenant.Value, after.Length == 0 ? prefix : after + "!", prefix + "~", pageSize, cancellationToken))
            yield return Read(row);
    }

    public Task DeleteAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken) => _table.DeleteAsync(tenant.Value, deliveryId, cancellationToken);

    public async Task<DeadLetterRetry?> FindRetryAsync(TenantId tenant, string retryId, CancellationToken cancellationToken) =>
        await _table.FindAsync(Retries(tenant), retryId, cancellationToken) is { } row
            ? new DeadLetterRetry(retryId, row.Text("EndpointId")!, row.Text("ClusterId")!, row.Text("Status")!, row.Text("Batch")!, PackedJson.Unpack<List<int>>(row.Bytes("Indices")!)) { Version = row.Version }
            : null;

    /// <returns>As it is written; null where it was there, or somebody else changed it since.</returns>
    public async Task<DeadLetterRetry?> TryWriteAsync(TenantId tenant, DeadLetterRetry retry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(retry);
        var row = new TableRow(Retries(tenant), retry.RetryId)
        {
            ["EndpointId"] = retry.EndpointId,
            ["ClusterId"] = retry.ClusterId,
            ["Status"] = retry.Status,
            ["Batch"] = retry.Batch,
            ["Indices"] = PackedJson.Pack(retry.Indices),
            Version = retry.Version,
        };
        if (retry.Version is null)
            return await _table.TryInsertAsync(row, cancellationToken) ? retry : null;
        return await _table.TryReplaceAsync(row, cancellationToken) is { } version ? retry with { Version = version } : null;
    }

    public Task DeleteRetryAsync(TenantId tenant, string retryId, CancellationToken cancellationToken) => _table.DeleteAsync(Retries(tenant), retryId, cancellationToken);

    /// <summary>Deletes retries of clusters that were begun before a time.</summary>
    public async Task DeleteRetriesAsync(TenantId tenant, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = new List<TableWrite>();
        await foreach (var row in _table.RangeAsync(Retries(tenant), "", DeadLetterRetry.FirstIdSince(before), 1000, cancellationToken))
            old.Add(TableWrite.Delete(row));
        await _table.DeleteAsync(old, cancellationToken);
    }

    private static string Retries(TenantId tenant) => $"{tenant.Value}|retries";

    private static TableRow Write(TenantId tenant, DeadLetter letter) => new(tenant.Value, letter.DeliveryId)
    {
        ["EndpointId"] = letter.EndpointId,
        ["Batch"] = letter.Batch,
        ["Index"] = letter.Index,
        ["EventId"] = letter.EventId,
        ["EventType"] = letter.EventType,
        ["CampaignId"] = letter.CampaignId,
        ["Cause"] = letter.Cause,
        ["Status"] = letter.Status,
        ["Answer"] = letter.Answer,
        ["Attempts"] = letter.Attempts,
        ["ClusterId"] = letter.ClusterId,
        ["DeadAt"] = letter.DeadAt,
        ["ExpiresAt"] = letter.ExpiresAt,
    };

    private static DeadLetter Read(TableRow row) => new(
        row.Row, row.Text("EndpointId"), row.Text("EventId"), row.Text("EventType"), row.Text("CampaignId"), row.Text("Cause")!, row["Status"] is null ? null : (int)row.Number("Status"),
        row.Text("Answer"), (int)row.Number("Attempts"), row.Text("ClusterId")!, row.Time("DeadAt") ?? default, row.Time("ExpiresAt") ?? default)
    {
        Batch = row.Text("Batch"),
        Index = (int)row.Number("Index"),
    };
}
