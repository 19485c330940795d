namespace ProspectOps.Crm;

/// <summary>An upload that was taken.</summary>
public sealed record StartedCrmUpload(string UploadId, string StatusUrl);
