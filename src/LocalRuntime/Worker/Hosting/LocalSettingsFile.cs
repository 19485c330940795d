using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>local.settings.json: a developer's own settings, never deployed. The environment wins over it, always.</summary>
internal static class LocalSettingsFile
{
    private const string Name = "local.settings.json";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary><c>Values</c> become variables of this process too, for what reads those, unless they are set already.</summary>
    /// <param name="problems">Told if the file is no JSON object, or encrypted.</param>
    /// <returns>Settings by configuration key; empty without a file.</returns>
    public static IReadOnlyDictionary<string, string?> Read(string folder, StartupProblems problems)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return settings;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            if (document.RootElement.TryGetProperty("IsEncrypted", out var isEncrypted) && isEncrypted.ValueKind == JsonValueKind.True)
            {
                problems.Add($"{path}: IsEncrypted must be false; the values of an encrypted file cannot be read.");
                return settings;
            }
            foreach (var value in Section(document.RootElement, "Values"))
            {
                settings[Key(value.Name)] = value.Value.ToString();
                if (Environment.GetEnvironmentVariable(value.Name) is null)
                    Environment.SetEnvironmentVariable(value.Name, value.Value.ToString());
            }
            foreach (var connection in Section(document.RootElement, "ConnectionStrings"))
                settings[$"ConnectionStrings:{Key(connection.Name)}"] = TextOf(connection.Value);
            foreach (var setting in Section(document.RootElement, "Host"))
                settings[$"Host:{setting.Name}"] = setting.Value.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path} cannot be read: {e.Message}");
        }
        return settings;
    }

    /// <summary>Puts the settings right below the environment variables, so above appsettings.json.</summary>
    public static void AddTo(ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.FirstOrDefault(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        var index = environment is null ? 0 : sources.IndexOf(environment);
        sources.Insert(index, new MemoryConfigurationSource { InitialData = settings });
    }

    private static JsonElement.ObjectEnumerator Section(JsonElement root, string name) =>
        root.TryGetProperty(name, out var section) ? section.EnumerateObject() : default;

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>A connection string may stand in an object, beside the name of its provider.</summary>
    private static string TextOf(JsonElement connection) =>
        connection.ValueKind == JsonValueKind.Object ? connection.GetProperty("ConnectionString").ToString() : connection.ToString();
}
