using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Finds the queue that an attribute means.</summary>
internal sealed partial class QueueSource(IStorageConnections storage, SettingReferences references)
{
    /// <param name="name">May hold <c>%Setting%</c>; lower-cased, as on Azure.</param>
    /// <param name="connection">Null for <c>AzureWebJobsStorage</c>.</param>
    /// <exception cref="InvalidOperationException">No queue name, or no such setting or connection.</exception>
    public QueueClient Find(string name, string? connection)
    {
        var resolved = references.Resolve(name).ToLowerInvariant();
        if (!NamePattern().IsMatch(resolved))
            throw new InvalidOperationException($"'{resolved}' is no queue name: 3 to 63 lower-case letters, digits and single hyphens.");
        return Service(connection).GetQueueClient(resolved);
    }

    /// <exception cref="InvalidOperationException">The connection is not set, or cannot be read.</exception>
    public QueueServiceClient Service(string? connection)
    {
        try
        {
            return storage.Queues(connection);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"The storage connection '{connection ?? "AzureWebJobsStorage"}' cannot be read: {e.Message}", e);
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
