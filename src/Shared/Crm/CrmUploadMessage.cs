namespace ProspectOps.Crm;

/// <summary>Message of queue <c>crm-uploads</c>: there is more to do for an upload.</summary>
public sealed record CrmUploadMessage(int V, string TenantId, string UploadId)
{
    public const string Queue = "crm-uploads";
    public const int CurrentVersion = 1;
}
