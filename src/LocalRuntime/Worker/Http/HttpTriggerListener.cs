using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;
using ProspectOps.LocalRuntime.Worker.Keys;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Checks HTTP functions and makes their endpoints. Kestrel, which starts last, does the listening.</summary>
internal sealed class HttpTriggerListener(
    HostJson hostJson,
    FunctionInvoker invoker,
    InvocationServices services,
    RouteOverlap overlap,
    FunctionKeys keys,
    IHostApplicationLifetime lifetime,
    IEnumerable<HttpIntegration> integration) : ITriggerListener
{
    private readonly string _prefix = (hostJson.Extension("http")["routePrefix"] ?? "api").Trim('/');
    private readonly List<HttpRoute> _routes = [];

    public Type TriggerAttributeType => typeof(HttpTriggerAttribute);

    /// <summary>Complete once every function is registered.</summary>
    public IReadOnlyList<Endpoint> BuildEndpoints() => [.. _routes.Select(EndpointOf)];

    public void Register(FunctionDescriptor function)
    {
        if (!integration.Any())
            throw Refusal(function, "Program.cs must call ConfigureFunctionsWebApplication().");
        if (function.TriggerParameter.ParameterType != typeof(HttpRequest))
            throw Refusal(function, $"the trigger's parameter must be an HttpRequest, not {function.TriggerParameter.ParameterType}.");
        if (function.ResultType is not { } result || !(typeof(IResult).IsAssignableFrom(result) || typeof(IActionResult).IsAssignableFrom(result)))
            throw Refusal(function, $"it must return an IResult or IActionResult: {function.Method.ReturnType} would be an empty 200 on Azure.");

        var route = Parse(function);
        RefuseUnfilledParameters(function, route.Pattern);
        if (_routes.Find(other => overlap.Collide(route, other)) is { } taken)
        {
            throw Refusal(function,
                $"its route '{route.Pattern.RawText}' and '{taken.Pattern.RawText}' of '{taken.Function.Name}' can match one request. "
                + "The Functions host orders routes by function name, so neither is sure to win: tell them apart by a constraint or a segment.");
        }
        _routes.Add(route);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private HttpRoute Parse(FunctionDescriptor function)
    {
        var trigger = (HttpTriggerAttribute)function.TriggerAttribute;
        var template = (trigger.Route ?? function.Name).Trim('/');
        if (template.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || template.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
            throw Refusal(function, $"its route '{template}' begins with 'admin' or 'runtime', which belong to the platform.");
        try
        {
            var pattern = RoutePatternFactory.Parse(_prefix.Length == 0 ? template : $"{_prefix}/{template}");
            return new HttpRoute(function, pattern, [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())]);
        }
        catch (RoutePatternException e)
        {
            throw Refusal(function, $"its route '{template}' is no template: {e.Message}");
        }
    }

    /// <summary>Azure would fill such a parameter from the query or the body, by rules that change with its version.</summary>
    private static void RefuseUnfilledParameters(FunctionDescriptor function, RoutePattern pattern)
    {
        foreach (var parameter in function.Method.GetParameters())
        {
            var isRouteType = parameter.ParameterType == typeof(string) || parameter.ParameterType.IsValueType;
            var isFilled = parameter.ParameterType == typeof(CancellationToken) || parameter.HasDefaultValue || pattern.GetParameter(parameter.Name!) is not null;
            if (isRouteType && !isFilled)
                throw Refusal(function, $"its route fills no parameter '{parameter.Name}': name it in the route, or read request.Query.");
        }
    }

    private Endpoint EndpointOf(HttpRoute route)
    {
        var endpoint = new HttpFunctionEndpoint(route.Function, keys, invoker, services, lifetime.ApplicationStopping);
        var builder = new RouteEndpointBuilder(endpoint.HandleAsync, route.Pattern, order: 0) { DisplayName = route.Function.Name };
        if (route.Methods.Count > 0)
            builder.Metadata.Add(new HttpMethodMetadata(route.Methods));
        return builder.Build();
    }

    private static InvalidOperationException Refusal(FunctionDescriptor function, string why) => new($"Function '{function.Name}': {why}");
}
