using System.Text.Json.Serialization;

namespace ProspectOps.Crm;

/// <summary>Where an upload of a CRM is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CrmUploadStatus>))]
public enum CrmUploadStatus
{
    Queued,
    Running,
    Completed,

    /// <summary>Some of its addresses have no verdict.</summary>
    CompletedWithErrors,
}
