using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A request calls the function.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    private readonly bool _statesLevel = true;

    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <param name="methods">Verbs answered; without any, all are. The level that the host then applies is Function: state it.</param>
    public HttpTriggerAttribute(params string[] methods) => (Methods, _statesLevel) = (methods, false);

    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>ASP.NET route template below the route prefix. Default: the function's name.</summary>
    public string? Route { get; set; }

    public string[]? Methods { get; }

    public AuthorizationLevel AuthLevel { get; }

    /// <summary>What the host applies: Function where only verbs are stated, whatever <see cref="AuthLevel"/> then reads.</summary>
    internal AuthorizationLevel EffectiveLevel => _statesLevel ? AuthLevel : AuthorizationLevel.Function;
}
