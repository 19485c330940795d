using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Functions.Platform;

/// <summary>Every HTTP function of the app, found once: what each needs, what each is called by and what is said of each stands on it.</summary>
internal static class HttpFunctions
{
    public static IReadOnlyList<(MethodInfo Method, HttpTriggerAttribute Trigger)> All { get; } =
    [
        .. typeof(HttpFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (method, method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)))
            .Where(found => found.Item2 is not null && found.method.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(found => (found.method, found.Item2!)),
    ];
}
