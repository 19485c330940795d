namespace ProspectOps.Crm;

/// <summary>An upload of a CRM as the API answers it.</summary>
/// <param name="CallbackEndpointId">The endpoint whose deliveries are those to the callback.</param>
public sealed record CrmUploadView(
    string UploadId, CrmUploadStatus Status, string JobId, long Total, long Done, IReadOnlyDictionary<string, long> ByVerdict, Uri CallbackUrl, string CallbackEndpointId, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);
