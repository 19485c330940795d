using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Reads host.json. Comments and trailing commas are tolerated, as on Azure.</summary>
internal static class HostJsonFile
{
    private const string Version = "2.0";
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    /// <param name="folder">The app's content root.</param>
    /// <param name="configuration">Its section <c>AzureFunctionsJobHost</c> overrides the file.</param>
    /// <param name="problems">Told if the file is missing, is no JSON, or is not of version 2.0. It then reads as if it were empty.</param>
    public static HostJson Read(string folder, IConfiguration configuration, StartupProblems problems)
    {
        var overrides = configuration.GetSection("AzureFunctionsJobHost");
        var path = Path.Combine(folder, "host.json");
        if (!File.Exists(path))
        {
            problems.Add($"There is no host.json in {folder}: copy it to the output folder.");
            return new HostJson(overrides, overrides);
        }
        try
        {
            var root = new ConfigurationBuilder().AddJsonFile(path).AddConfiguration(overrides).Build();
            if (root["version"] != Version)
                problems.Add($"{path} needs \"version\": \"{Version}\", not \"{root["version"]}\".");
            return new HostJson(root, overrides);
        }
        catch (InvalidDataException e)
        {
            problems.Add($"{path} cannot be read: {e.GetBaseException().Message}");
            return new HostJson(overrides, overrides);
        }
    }

    /// <summary>The longest run that host.json allows; 30 minutes where it says nothing, null where it says -1.</summary>
    public static TimeSpan? FunctionTimeout(HostJson hostJson, StartupProblems problems)
    {
        var root = hostJson.Read("", problems);
        // "30" would be thirty days: the upper bound catches it.
        return root.Text("functionTimeout") == "-1"
            ? null
            : root.Span("functionTimeout", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1), LongestTimeout);
    }

    /// <summary>A level that is none would break the logging that should tell of it: it is left out and noted.</summary>
    public static IConfiguration Logging(HostJson hostJson, StartupProblems problems)
    {
        var levels = hostJson.Read("logging:logLevel", problems);
        var good = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var level in hostJson.Root.GetSection("logging:logLevel").GetChildren())
        {
            if (level.Value is { } text && levels.IsOneOf(level.Key, text, Enum.GetNames<LogLevel>()))
                good[$"LogLevel:{level.Key}"] = text;
        }
        return new ConfigurationBuilder().AddInMemoryCollection(good).Build();
    }
}
