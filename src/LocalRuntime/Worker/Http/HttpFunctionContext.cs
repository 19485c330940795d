using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>An invocation by a request. It is also the request's provider of services, so that both share one scope.</summary>
internal sealed class HttpFunctionContext(
    FunctionDescriptor function, HttpContext httpContext, InvocationServices services, CancellationToken hostStopping)
    : LocalFunctionContext(function, input: null, services, hostStopping), IServiceProvidersFeature
{
    private readonly CancellationToken _hostStopping = hostStopping;

    public HttpContext HttpContext => httpContext;

    /// <summary>False until the pipeline has come to where <c>ConfigureFunctionsWebApplication</c> was called, as upstream.</summary>
    public bool IsHttpContextVisible { get; set; }

    /// <summary>What fails from then on is the invocation's failure and not the client's.</summary>
    public bool IsAnswered { get; private set; }

    IServiceProvider IServiceProvidersFeature.RequestServices
    {
        get => InstanceServices;
        set => InstanceServices = value;
    }

    /// <summary>The client has its whole answer before any output is stored, as on Azure.</summary>
    public override Task AnswerAsync()
    {
        IsAnswered = true;
        return httpContext.Response.CompleteAsync();
    }

    public override bool TryGetBindingData(string name, out object? value) => httpContext.Request.RouteValues.TryGetValue(name, out value);

    protected override IReadOnlyDictionary<string, object?> GetBindingData() => httpContext.Request.RouteValues;

    protected override CancellationTokenSource LinkCancellation() =>
        CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, _hostStopping);
}
