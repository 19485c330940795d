using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace ProspectOps.LocalRuntime.Worker.Outputs;

/// <summary>Which outputs a function declares.</summary>
/// <param name="OnReturn">What becomes of the returned value as a whole.</param>
/// <param name="Properties">What becomes of its properties.</param>
/// <param name="HttpResult">The property that answers the request.</param>
internal sealed record OutputDeclaration(
    OutputBindingAttribute? OnReturn, IReadOnlyList<(PropertyInfo Property, OutputBindingAttribute Attribute)> Properties, PropertyInfo? HttpResult)
{
    public bool IsEmpty => OnReturn is null && Properties.Count == 0 && HttpResult is null;

    /// <param name="result">What the function returns once awaited.</param>
    public static OutputDeclaration Of(MethodInfo method, Type? result)
    {
        var properties = result is null || IsHttpResult(result) ? [] : result.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return new OutputDeclaration(
            method.GetCustomAttribute<OutputBindingAttribute>(),
            [.. properties.Where(p => p.IsDefined(typeof(OutputBindingAttribute))).Select(p => (p, p.GetCustomAttribute<OutputBindingAttribute>()!))],
            Array.Find(properties, p => p.IsDefined(typeof(HttpResultAttribute))));
    }

    public static bool IsHttpResult(Type type) =>
        typeof(IResult).IsAssignableFrom(type) || typeof(IActionResult).IsAssignableFrom(type) || typeof(HttpResponseData).IsAssignableFrom(type);

    /// <summary><c>QueueOutputAttribute</c> is <c>queue</c>.</summary>
    public static string TypeOf(OutputBindingAttribute attribute)
    {
        var name = attribute.GetType().Name.Replace("OutputAttribute", "", StringComparison.Ordinal);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <returns>What is wrong for a function of this trigger; null where nothing is.</returns>
    public string? Problem(TriggerBindingAttribute trigger, Type? result)
    {
        if (IsEmpty)
            return null;
        if (trigger is not (HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute))
            return "has an output binding, which only HTTP, queue and timer functions may have.";
        if (OnReturn is not null && (result is null || Properties.Count > 0))
            return "has an output binding on the method and returns nothing for it, or an object with outputs of its own.";
        if (trigger is not HttpTriggerAttribute)
            return HttpResult is null ? null : "returns an [HttpResult] without an HTTP trigger.";
        if (OnReturn is not null)
            return "answers a request, so its output binding belongs on a property of what it returns, beside an [HttpResult].";
        return HttpResult is null || !IsHttpResult(HttpResult.PropertyType)
            ? "needs a property [HttpResult] of type IResult or IActionResult beside its outputs."
            : null;
    }
}
