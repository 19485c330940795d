namespace ProspectOps.Clay;

/// <summary>A row as the API answers it.</summary>
public sealed record ClayRowView(
    string PoRowId, string CampaignId, string ProspectKey, ClayRowStatus Status, int Sends, DateTimeOffset? SentAt, DateTimeOffset? DueAt, DateTimeOffset? ReturnedAt, string? Failure)
{
    public static ClayRowView Of(ClayRow row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var status = row switch
        {
            { ReturnedAt: not null } => ClayRowStatus.Returned,
            { SentAt: null } => ClayRowStatus.Failed,
            _ => row.DueAt <= now ? ClayRowStatus.Overdue : ClayRowStatus.Awaiting,
        };
        return new ClayRowView(row.PoRowId, row.CampaignId, row.ProspectKey, status, row.Sends, row.SentAt, row.DueAt, row.ReturnedAt, row.Failure);
    }
}
