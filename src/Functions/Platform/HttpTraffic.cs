using System.Collections.Frozen;

namespace ProspectOps.Functions.Platform;

/// <summary>Counts what this process was asked over HTTP, for Prometheus. Routes are the functions' own, so that nobody can make more of them by asking.</summary>
public sealed class HttpTraffic(FunctionAccess access)
{
    private readonly FrozenDictionary<string, RouteTraffic> _byFunction =
        access.All.ToFrozenDictionary(function => function.Name, function => new RouteTraffic(function.Rule.Route), StringComparer.OrdinalIgnoreCase);

    /// <summary>What was counted, by route.</summary>
    public IEnumerable<RouteTraffic> Routes => _byFunction.Values.OrderBy(route => route.Route, StringComparer.Ordinal);

    public RouteTraffic Of(string functionName) => _byFunction[functionName];
}
