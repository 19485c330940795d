using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Functions.Platform;

/// <summary>What each HTTP function needs of its caller, read from its attributes once.</summary>
public sealed class FunctionAccess
{
    private readonly Dictionary<string, string?> _scopes;
    private readonly HashSet<string> _orSigned;

    public FunctionAccess()
    {
        MethodInfo[] functions = [.. typeof(FunctionAccess).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null && method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))];
        _scopes = functions.ToDictionary(NameOf, ScopeOf, StringComparer.OrdinalIgnoreCase);
        _orSigned = functions.Where(method => method.GetCustomAttribute<RequiresAttribute>() is { OrSigned: true }).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The scope needed; empty where any key will do, null where none is needed.</summary>
    public string? ScopeOf(string functionName) => _scopes.TryGetValue(functionName, out var scope)
        ? scope
        : throw new InvalidOperationException($"{functionName} is no HTTP function of this app.");

    /// <summary>Whether a signature will do in place of a key.</summary>
    public bool MayBeSigned(string functionName) => _orSigned.Contains(functionName);

    private static string NameOf(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static string? ScopeOf(MethodInfo method) =>
        method.GetCustomAttribute<RequiresAttribute>() is { } requires ? requires.Scope
        : method.GetCustomAttribute<OpenAttribute>() is not null ? null
        : throw new InvalidOperationException($"{method.DeclaringType!.Name}.{method.Name} says neither [Requires] nor [Open].");
}
