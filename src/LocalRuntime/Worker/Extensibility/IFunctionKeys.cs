using Microsoft.AspNetCore.Http;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Who may call what, by the key in the header <c>x-functions-key</c> or else in the query's <c>code</c>. Registered as a singleton.</summary>
/// <remarks>Always true where <c>LocalRuntime:RequireKeys</c> is <c>false</c>.</remarks>
internal interface IFunctionKeys
{
    /// <param name="name">For example <c>durabletask_extension</c>.</param>
    /// <returns>Whether the request carries that system key or the master key.</returns>
    bool HasSystemKey(HttpRequest request, string name);

    /// <summary>The system key to put into the addresses of webhooks. A secret: neither logged nor given to browsers.</summary>
    /// <returns>The setting <c>LocalRuntime:Keys:{name}</c>; without it a key derived from the master key, the same at every start
    /// and in every process; null where there is no master key either, so that nobody can call the webhook.</returns>
    string? SystemKey(string name);
}
