namespace ProspectOps.Functions.Crm;

public sealed record CrmUploadRequest(IReadOnlyList<string>? Emails, string? UploadId, string? CallbackUrl);
