using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>The content of host.json, environment variables <c>AzureFunctionsJobHost__a__b</c> over it. Registered as a singleton.</summary>
/// <param name="overrides">Those variables, to name in a message whichever of the two holds a wrong value.</param>
internal sealed class HostJson(IConfiguration root, IConfiguration? overrides = null)
{
    public IConfiguration Root { get; } = root;

    /// <param name="name">For example <c>durableTask</c>. A section that is not there is empty.</param>
    public IConfigurationSection Extension(string name) => Root.GetSection($"extensions:{name}");

    /// <summary>A reader of settings by their path, that notes what is wrong and reads on.</summary>
    /// <param name="path">For example <c>extensions:queues</c>; empty for the root.</param>
    public SettingReader Read(string path, StartupProblems problems) => new(Root, path, key => Place(key), problems);

    private string Place(string key) => overrides?[key] is null
        ? $"host.json: {key.Replace(':', '.')}"
        : $"Setting AzureFunctionsJobHost__{key.Replace(":", "__", StringComparison.Ordinal)}";
}
