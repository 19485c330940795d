using System.Text.Json.Nodes;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Addresses that steer one orchestration. They hold a key: neither for logs nor for browsers.</summary>
public class HttpManagementPayload
{
    public string? Id { get; internal set; }

    public string? StatusQueryGetUri { get; internal set; }

    /// <summary>With <c>{eventName}</c> to be replaced.</summary>
    public string? SendEventPostUri { get; internal set; }

    public string? TerminatePostUri { get; internal set; }

    /// <summary>Always null, as in the isolated worker.</summary>
    public string? RewindPostUri { get; internal set; }

    public string? PurgeHistoryDeleteUri { get; internal set; }

    /// <summary>Always null, as in the isolated worker.</summary>
    public string? RestartPostUri { get; internal set; }

    public string? SuspendPostUri { get; internal set; }

    public string? ResumePostUri { get; internal set; }

    /// <summary>As the host writes it: camel case.</summary>
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["purgeHistoryDeleteUri"] = PurgeHistoryDeleteUri,
        ["sendEventPostUri"] = SendEventPostUri,
        ["statusQueryGetUri"] = StatusQueryGetUri,
        ["terminatePostUri"] = TerminatePostUri,
        ["suspendPostUri"] = SuspendPostUri,
        ["resumePostUri"] = ResumePostUri,
    };
}
