namespace ProspectOps.Campaigns;

/// <summary>What a person did, and whether the CRM has them.</summary>
public sealed record ProspectTracking(bool Opened, bool Clicked, bool Replied, bool Unsubscribed)
{
    public static ProspectTracking None { get; } = new(false, false, false, false);
}
