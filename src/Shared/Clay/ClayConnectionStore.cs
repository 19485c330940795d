using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Secrets;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>
/// Table <c>ClayConnections</c>: tenant · <c>c|campaign</c>, a connection; <c>last</c>, the campaign last connected; <c>l|bucket</c>, the tokens of the tenant's rate;
/// <c>l|webhook|</c>hash of its URL, the rows it has taken. Tokens and rows are taken in one transaction, in slices, by whichever process sends.
/// Table <c>ClayWorkspaces</c>, a system table: hash of a workspace's name · <c>l|bucket</c>, for tenants that the operator says share one (docs/adr/0052).
/// </summary>
public sealed class ClayConnectionStore(IStorage storage, SecretCipher cipher, TenantDirectory tenants, TimeProvider clock)
{
    private const string LastRow = "last";
    private const string BucketRow = "l|bucket";
    private const string WorkspaceSetting = "clayWorkspace";
    private const int Attempts = 50;

    private readonly ITable _table = storage.Table("ClayConnections");
    private readonly ITable _workspaces = storage.Table("ClayWorkspaces");

    public async Task PutAsync(TenantId tenant, ClayConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var row = new TableRow(tenant.Value, RowOf(connection.CampaignId))
        {
            ["WebhookUrl"] = connection.WebhookUrl.AbsoluteUri,
            ["AuthToken"] = connection.AuthToken is { } token ? cipher.Seal(token, Place(tenant, connection.CampaignId)) : null,
            ["UpdatedAt"] = connection.UpdatedAt,
        };
        await _table.TransactAsync(
            [TableWrite.Upsert(row), TableWrite.Upsert(new TableRow(tenant.Value, LastRow) { ["CampaignId"] = connection.CampaignId })], cancellationToken);
    }

    public async Task<ClayConnection?> FindAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, RowOf(campaignId), cancellationToken) is { } row
            ? new ClayConnection(campaignId, new Uri(row.Text("WebhookUrl")!), row.Text("AuthToken") is { } token ? Open(token, tenant, campaignId) : null, row.Time("UpdatedAt") ?? default)
            : null;

    /// <summary>The campaign whose connection was last set.</summary>
    public async Task<string?> LastCampaignAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await _table.FindAsync(tenant.Value, LastRow, cancellationToken))?.Text("CampaignId");

    /// <summary>Rows that a webhook has taken; never less than Clay has counted.</summary>
    public async Task<long> SentAsync(TenantId tenant, ClayConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await _table.FindAsync(tenant.Value, RowsRow(connection), cancellationToken) is { } row ? row.Number("Sent") : 0;
    }

    /// <summary>Takes leave to send rows, before they are sent: a crash in between counts rows that were not sent, never the other way round.</summary>
    public async Task<ClayLease> LeaseAsync(TenantId tenant, ClayConnection connection, int wanted, ClayOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        var workspace = await WorkspaceAsync(tenant, cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var bucketRow = await FindBucketAsync(tenant, workspace, cancellationToken) ?? new TableRow(workspace ?? tenant.Value, BucketRow);
            var rowsRow = await _table.FindAsync(tenant.Value, RowsRow(connection), cancellationToken) ?? new TableRow(tenant.Value, RowsRow(connection));
            var sent = rowsRow.Number("Sent");
            var warned = (int)rowsRow.Number("WarnedAt");
            var left = (int)Math.Min(wanted, options.LifetimeLimit - sent);
            if (left <= 0)
                return new ClayLease(0, TimeSpan.Zero, sent, warned);
            var bucket = bucketRow["Tokens"] is double tokens ? new TokenBucket(tokens, bucketRow.Time("At") ?? default) : new TokenBucket(options.Burst, clock.GetUtcNow());
            var (after, taken, wait) = bucket.Take(left, Math.Max(1, (int)(options.RatePerSecond / 2)), options.RatePerSecond, options.Burst, clock.GetUtcNow());
            if (taken == 0)
                return new ClayLease(0, wait, sent, warned);
            Set(bucketRow, after);
            rowsRow["Sent"] = sent + taken;
            if (await TryWriteAsync(bucketRow, rowsRow, cancellationToken))
                return new ClayLease(taken, TimeSpan.Zero, sent + taken, warned);
        }
        throw new TimeoutException($"The tokens changed under {Attempts} attempts to take some.");
    }

    /// <summary>Gives back what Clay did not take, and lets everybody wait for as long as it asked.</summary>
    public async Task GiveBackAsync(TenantId tenant, ClayConnection connection, int rows, TimeSpan pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var workspace = await WorkspaceAsync(tenant, cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var rowsRow = await _table.FindAsync(tenant.Value, RowsRow(connection), cancellationToken);
            var bucketRow = await FindBucketAsync(tenant, workspace, cancellationToken);
            if (rowsRow is null || bucketRow is null)
                return;
            rowsRow["Sent"] = Math.Max(0, rowsRow.Number("Sent") - rows);
            if (pause > TimeSpan.Zero)
                Set(bucketRow, new TokenBucket(0, clock.GetUtcNow() + pause));
            if (await TryWriteAsync(bucketRow, rowsRow, cancellationToken))
                return;
        }
        // What stays counted too much only makes the limit come sooner.
    }

    /// <summary>Says that a warning of this percentage was given.</summary>
    public async Task NoteWarningAsync(TenantId tenant, ClayConnection connection, int percent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (await _table.FindAsync(tenant.Value, RowsRow(connection), cancellationToken) is { } row && row.Number("WarnedAt") < percent)
        {
            row["WarnedAt"] = percent;
            // Lost to somebody else's change: the warning is given again, under the same key.
            await _table.TryReplaceAsync(row, cancellationToken);
        }
    }

    /// <summary>The partition of the tokens that a tenant shares with others; null where it has its own.</summary>
    private async ValueTask<string?> WorkspaceAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await tenants.FindAsync(tenant, cancellationToken) is { } known && known.Settings.TryGetValue(WorkspaceSetting, out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } text
            ? Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 26)
            : null;

    private Task<TableRow?> FindBucketAsync(TenantId tenant, string? workspace, CancellationToken cancellationToken) =>
        workspace is null ? _table.FindAsync(tenant.Value, BucketRow, cancellationToken) : _workspaces.FindAsync(workspace, BucketRow, cancellationToken);

    private async Task<bool> TryWriteAsync(TableRow bucket, TableRow rows, CancellationToken cancellationToken)
    {
        if (bucket.Partition == rows.Partition)
            return (await _table.TransactAsync([Write(bucket), Write(rows)], cancellationToken)).Committed;
        // Shared tokens first: those that are taken for rows that are then not counted only let everybody wait a moment longer.
        return (await _workspaces.TransactAsync([Write(bucket)], cancellationToken)).Committed && (await _table.TransactAsync([Write(rows)], cancellationToken)).Committed;
    }

    private string Open(string token, TenantId tenant, string campaignId)
    {
        try
        {
            return cipher.Open(token, Place(tenant, campaignId));
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The token of a Clay connection was sealed by another installation: set the connection again.", e);
        }
    }

    private static TableWrite Write(TableRow row) => row.Version is null ? TableWrite.Insert(row) : TableWrite.Replace(row);

    private static void Set(TableRow row, TokenBucket bucket)
    {
        row["Tokens"] = bucket.Tokens;
        row["At"] = bucket.At;
    }

    private static string RowOf(string campaignId) => $"c|{campaignId}";

    private static string RowsRow(ClayConnection connection) => $"l|webhook|{connection.WebhookId}";

    private static string Place(TenantId tenant, string campaignId) => $"clay|{tenant.Value}|{campaignId}";
}
