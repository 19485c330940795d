using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Management;

/// <summary>Query parameters of the management API. What cannot be read counts as not given, as upstream.</summary>
internal sealed class ManagementQuery(IQueryCollection query)
{
    /// <summary>The address of this request, key included, as its caller has it already.</summary>
    public static string AddressOf(HttpRequest request) => request.GetEncodedUrl();

    public bool Flag(string name, bool fallback) => bool.TryParse(query[name], out var value) ? value : fallback;

    public int? Number(string name) => int.TryParse(query[name], CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    public InstanceFilter Filter() => new(
        Time("createdTimeFrom"), Time("createdTimeTo"), Statuses(), query["instanceIdPrefix"] is [{ Length: > 0 } prefix] ? prefix : null, WithPayloads: true);

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;

    private OrchestrationRuntimeStatus[]? Statuses()
    {
        var statuses = new List<OrchestrationRuntimeStatus>();
        foreach (var text in query["runtimeStatus"].SelectMany(value => value?.Split(',') ?? []))
        {
            if (Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: false, out var status))
                statuses.Add(status);
        }
        return statuses.Count > 0 ? [.. statuses] : null;
    }
}
