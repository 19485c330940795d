using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Reads <c>extensions:durableTask</c> of host.json. Settings that mean nothing here are left alone.</summary>
internal static partial class DurableSettings
{
    // As on Azure Storage.
    private const int MostPartitions = 16;

    /// <exception cref="InvalidOperationException">A value is out of its range.</exception>
    public static DurableOptions Read(HostJson hostJson, Func<string, string> resolve)
    {
        var section = hostJson.Extension("durableTask");
        var defaults = new DurableOptions();
        var hub = resolve(section["hubName"] ?? defaults.HubName);
        if (!HubPattern().IsMatch(hub))
            throw new InvalidOperationException($"host.json: extensions:durableTask:hubName '{hub}' must be 3 to 45 letters and digits, a letter first.");
        var partitions = Count(section, "storageProvider:partitionCount", defaults.PartitionCount);
        if (partitions > MostPartitions)
            throw new InvalidOperationException($"host.json: extensions:durableTask:storageProvider:partitionCount {partitions} must be 1 to {MostPartitions}.");
        return defaults with
        {
            HubName = hub,
            PartitionCount = partitions,
            ConnectionName = section["storageProvider:connectionName"] ?? section["storageProvider:connectionStringName"],
            MaxOrchestrators = Count(section, "maxConcurrentOrchestratorFunctions", defaults.MaxOrchestrators),
            MaxActivities = Count(section, "maxConcurrentActivityFunctions", defaults.MaxActivities),
        };
    }

    private static int Count(IConfigurationSection section, string name, int fallback) => section[name] switch
    {
        null => fallback,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 => value,
        var text => throw new InvalidOperationException($"host.json: extensions:durableTask:{name} '{text}' must be a number above 0."),
    };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$", RegexOptions.CultureInvariant)]
    private static partial Regex HubPattern();
}
