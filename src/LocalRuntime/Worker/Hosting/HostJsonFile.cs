using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Reads host.json. Comments and trailing commas are tolerated, as on Azure.</summary>
internal static class HostJsonFile
{
    private const string Version = "2.0";

    /// <param name="folder">The app's content root.</param>
    /// <param name="configuration">Its section <c>AzureFunctionsJobHost</c> overrides the file.</param>
    /// <exception cref="FunctionStartupException">The file is missing, is no JSON, or is not of version 2.0.</exception>
    public static HostJson Read(string folder, IConfiguration configuration)
    {
        var path = Path.Combine(folder, "host.json");
        if (!File.Exists(path))
            throw new FunctionStartupException([$"There is no host.json in {folder}: copy it to the output folder."]);

        IConfiguration root;
        try
        {
            root = new ConfigurationBuilder().AddJsonFile(path).AddConfiguration(configuration.GetSection("AzureFunctionsJobHost")).Build();
        }
        catch (InvalidDataException e)
        {
            throw new FunctionStartupException([$"{path} cannot be read: {e.GetBaseException().Message}"]);
        }
        return root["version"] == Version
            ? new HostJson(root)
            : throw new FunctionStartupException([$"{path} needs \"version\": \"{Version}\", not \"{root["version"]}\"."]);
    }

    /// <summary>The longest run that host.json allows; 30 minutes where it says nothing, none where it says -1.</summary>
    /// <exception cref="FunctionStartupException">Not a time span of 1 s or more.</exception>
    public static TimeSpan? FunctionTimeout(HostJson hostJson)
    {
        var text = hostJson.Root["functionTimeout"];
        return text switch
        {
            null or "" => TimeSpan.FromMinutes(30),
            "-1" => null,
            _ when TimeSpan.TryParse(text, out var timeout) && timeout >= TimeSpan.FromSeconds(1) => timeout,
            _ => throw new FunctionStartupException([$"host.json: functionTimeout \"{text}\" must be a time span of 1 s or more, or -1."]),
        };
    }
}
