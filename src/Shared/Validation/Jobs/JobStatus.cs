using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    Queued,
    Running,
    Completed,

    /// <summary>Some chunks are dead, or the input could not be read to its end.</summary>
    CompletedWithErrors,
    Canceled,
}
