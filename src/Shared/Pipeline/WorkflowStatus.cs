using System.Text.Json.Serialization;

namespace ProspectOps.Pipeline;

[JsonConverter(typeof(JsonStringEnumConverter<WorkflowStatus>))]
public enum WorkflowStatus
{
    Pending,
    Running,
    AwaitingApproval,
    Suspended,
    Completed,
    Failed,
    Canceled,
}
