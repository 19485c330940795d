using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>A row of a Clay table: one that we sent, or one that came with an id of its own.</summary>
public sealed record ClayRow
{
    public required TenantId Tenant { get; init; }
    public required string CampaignId { get; init; }

    /// <summary>What the row carries in its column <c>po_row_id</c>.</summary>
    public required string PoRowId { get; init; }

    public required string ProspectKey { get; init; }

    /// <summary>Hash of what last came in; null before the first time.</summary>
    public string? Content { get; init; }

    /// <summary>The push that is about to send it; null while none is.</summary>
    public string? QueuedBy { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Sends { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it is overdue.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>Why it could not be sent; null unless it could not.</summary>
    public string? Failure { get; init; }

    /// <summary>Row key under which it is listed; null while it is not.</summary>
    public string? Index { get; init; }

    public string? Version { get; init; }

    public string Key => KeyOf(CampaignId, PoRowId);

    /// <summary>The id of a person's row in a campaign's table: the same whenever it is sent.</summary>
    public static string PoRowIdOf(TenantId tenant, string campaignId, string prospectKey) =>
        $"row_{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}|{campaignId}|{prospectKey}")), 26)}";

    /// <summary>By a hash: an id that others chose may hold anything.</summary>
    public static string KeyOf(string campaignId, string poRowId) => $"r|{campaignId}|{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(poRowId)), 26)}";

    /// <summary>Where it belongs in the lists: returned and failed ones newest first, open ones by when they are due.</summary>
    public string? IndexOfState() => this switch
    {
        { ReturnedAt: { } at } => ClayRowIndex.Of(ClayRowIndex.Returned, DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks, this),
        { SentAt: not null, DueAt: { } due } => ClayRowIndex.Of(ClayRowIndex.Open, due.UtcTicks, this),
        { Failure: not null } => ClayRowIndex.Of(ClayRowIndex.Failed, 0, this),
        _ => null,
    };

    /// <summary>The writes that bring the store from a state of the row to this one: the row under its version, and its place in the lists.</summary>
    public IEnumerable<TableWrite> WritesAfter(ClayRow? before)
    {
        var next = this with { Index = IndexOfState() };
        yield return before is null ? TableWrite.Insert(next.Write(next.Key)) : TableWrite.Replace(next.Write(next.Key));
        if (before?.Index is { } old && old != next.Index)
            yield return TableWrite.Delete(Tenant.Value, old);
        if (next.Index is { } index)
            yield return TableWrite.Upsert(next.Write(index));
    }

    internal TableRow Write(string key) => new(Tenant.Value, key)
    {
        ["CampaignId"] = CampaignId,
        ["PoRowId"] = PoRowId,
        ["ProspectKey"] = ProspectKey,
        ["Content"] = Content,
        ["QueuedBy"] = QueuedBy,
        ["Sends"] = Sends,
        ["SentAt"] = SentAt,
        ["DueAt"] = DueAt,
        ["ReturnedAt"] = ReturnedAt,
        ["Failure"] = Failure,
        ["Index"] = Index,
        Version = Version,
    };

    internal static ClayRow Read(TenantId tenant, TableRow row) => new()
    {
        Tenant = tenant,
        CampaignId = row.Text("CampaignId")!,
        PoRowId = row.Text("PoRowId")!,
        ProspectKey = row.Text("ProspectKey")!,
        Content = row.Text("Content"),
        QueuedBy = row.Text("QueuedBy"),
        Sends = (int)row.Number("Sends"),
        SentAt = row.Time("SentAt"),
        DueAt = row.Time("DueAt"),
        ReturnedAt = row.Time("ReturnedAt"),
        Failure = row.Text("Failure"),
        Index = row.Text("Index"),
        Version = row.Version,
    };
}
