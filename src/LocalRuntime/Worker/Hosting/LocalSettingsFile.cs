using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>local.settings.json: a developer's own settings, never deployed. The environment wins over it, always.</summary>
internal static class LocalSettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <returns>Settings by configuration key; empty without a file.</returns>
    /// <exception cref="FunctionStartupException">The file is no JSON object.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string folder)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = Path.Combine(folder, "local.settings.json");
        if (!File.Exists(path))
            return settings;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            Add(document.RootElement, "Values", prefix: "");
            Add(document.RootElement, "ConnectionStrings", "ConnectionStrings:");
            Add(document.RootElement, "Host", "Host:");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FunctionStartupException([$"{path} cannot be read: {e.Message}"]);
        }
        return settings;

        void Add(JsonElement root, string section, string prefix)
        {
            if (!root.TryGetProperty(section, out var values))
                return;
            foreach (var value in values.EnumerateObject())
                settings[prefix + value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
        }
    }

    /// <summary>Puts the settings right below the environment variables, so above appsettings.json.</summary>
    public static void AddTo(ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.FirstOrDefault(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        var index = environment is null ? 0 : sources.IndexOf(environment);
        sources.Insert(index, new MemoryConfigurationSource { InitialData = settings });
    }
}
