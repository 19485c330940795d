using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Durable.Management;

/// <summary>Addresses of the management API for an instance. They hold the system key: neither for logs nor for browsers.</summary>
/// <param name="WebhookBase">Ends before <c>/instances</c>.</param>
/// <param name="Query">Hub, connection and key; without a question mark.</param>
internal sealed record ManagementLinks(string WebhookBase, string Query)
{
    public HttpManagementPayload Of(string instanceId)
    {
        var instance = $"{WebhookBase}/instances/{Uri.EscapeDataString(instanceId)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = $"{instance}?{Query}",
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}?{Query}",
            // Two pairs of braces, as the isolated worker's own helper has it.
            TerminatePostUri = $"{instance}/terminate?reason={{{{text}}}}&{Query}",
            SuspendPostUri = $"{instance}/suspend?reason={{{{text}}}}&{Query}",
            ResumePostUri = $"{instance}/resume?reason={{{{text}}}}&{Query}",
            PurgeHistoryDeleteUri = $"{instance}?{Query}",
        };
    }
}
