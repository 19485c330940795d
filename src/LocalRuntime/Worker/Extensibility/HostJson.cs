using Microsoft.Extensions.Configuration;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>The content of host.json, environment variables <c>AzureFunctionsJobHost__a__b</c> over it. Registered as a singleton.</summary>
internal sealed class HostJson(IConfiguration root)
{
    public IConfiguration Root { get; } = root;

    /// <param name="name">For example <c>durableTask</c>. A section that is not there is empty.</param>
    public IConfigurationSection Extension(string name) => Root.GetSection($"extensions:{name}");
}
