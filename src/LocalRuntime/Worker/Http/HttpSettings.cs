using Microsoft.AspNetCore.Routing.Patterns;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Section <c>extensions.http</c> of host.json.</summary>
/// <param name="RoutePrefix">Before every route, without slashes at its ends; may be empty.</param>
/// <param name="MaxConcurrentRequests">How many run at once; -1 for no limit.</param>
/// <param name="MaxOutstandingRequests">How many run or wait; more are answered with 429. -1 for no limit.</param>
internal sealed record HttpSettings(string RoutePrefix, int MaxConcurrentRequests, int MaxOutstandingRequests)
{
    public static HttpSettings Read(HostJson hostJson, StartupProblems problems)
    {
        var section = hostJson.Read("extensions:http", problems);
        var prefix = (section.Text("routePrefix") ?? "api").Trim('/');
        try
        {
            RoutePatternFactory.Parse(prefix);
        }
        catch (RoutePatternException)
        {
            prefix = section.Refuse("routePrefix", prefix, "the beginning of a path", "api");
        }
        return new HttpSettings(prefix, section.Limit("maxConcurrentRequests"), section.Limit("maxOutstandingRequests"));
    }
}
