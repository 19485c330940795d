using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Finds the app's functions and what is wrong with them.</summary>
internal sealed partial class FunctionCatalog(FunctionSource source, HostJson hostJson, IConfiguration configuration, StartupProblems problems)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <returns>The functions without a mistake, by name; those with one are noted as problems.</returns>
    public IReadOnlyList<FunctionDescriptor> Read()
    {
        var timeout = HostJsonFile.FunctionTimeout(hostJson, problems);
        var settings = new SettingReader(configuration, "", key => $"Setting {key}", problems);
        var functions = new SortedDictionary<string, FunctionDescriptor>(StringComparer.OrdinalIgnoreCase);
        var methods = source.Types
            .SelectMany(type => type.GetMethods(Declared))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Attribute is not null);
        foreach (var (method, attribute) in methods)
        {
            var name = attribute!.Name;
            if (ProblemWith(name, method) is { } problem)
                problems.Add(problem);
            else if (!functions.TryAdd(name, Describe(name, method, timeout, settings.Flag($"AzureWebJobs.{name}.Disabled", fallback: false))))
                problems.Add($"Two functions are named '{name}' (names ignore case): {functions[name].Definition.EntryPoint} and {Place(method)}.");
        }
        return [.. functions.Values];
    }

    private static string? ProblemWith(string name, MethodInfo method)
    {
        if (!NamePattern().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            return $"'{name}' ({Place(method)}) is no function name: a letter, then at most 127 letters, digits, '-' or '_', and not 'host'.";
        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
            return $"Function '{name}' must be a public method of a public class: {Place(method)}.";
        if (method.IsGenericMethodDefinition || method.DeclaringType!.ContainsGenericParameters)
            return $"Function '{name}' cannot be generic: {Place(method)}.";
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            return $"Function '{name}' is async void, so its failures would be lost: return Task ({Place(method)}).";
        if (method.ReturnType is { IsValueType: true, Name: "ValueTask" or "ValueTask`1" })
            return $"Function '{name}' returns a ValueTask, which the worker does not await: return Task ({Place(method)}).";
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef))
            return $"Function '{name}' has a ref, in or out parameter ({Place(method)}).";
        var triggers = method.GetParameters().Count(p => p.IsDefined(typeof(TriggerBindingAttribute)));
        if (method.IsDefined(typeof(RetryAttribute)) && !method.GetParameters().Any(p => p.IsDefined(typeof(TimerTriggerAttribute))))
            return $"Function '{name}' carries a retry attribute, which only timers honour ({Place(method)}).";
        return triggers == 1 ? null : $"Function '{name}' needs exactly one trigger and has {triggers} ({Place(method)}).";
    }

    private static FunctionDescriptor Describe(string name, MethodInfo method, TimeSpan? timeout, bool isDisabled)
    {
        var parameter = method.GetParameters().Single(p => p.IsDefined(typeof(TriggerBindingAttribute)));
        var result = ResultTypeOf(method.ReturnType);
        var outputs = OutputDeclaration.Of(method, result);
        return new FunctionDescriptor
        {
            Definition = new LocalFunctionDefinition(name, method, outputs),
            Method = method,
            TriggerAttribute = parameter.GetCustomAttribute<TriggerBindingAttribute>()!,
            TriggerParameter = parameter,
            ResultType = result,
            Outputs = outputs,
            Timeout = timeout,
            IsDisabled = isDisabled,
        };
    }

    private static Type? ResultTypeOf(Type returned) =>
        returned == typeof(void) || returned == typeof(Task) ? null
        : returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0]
        : returned;

    private static string Place(MethodInfo method) => $"{method.DeclaringType}.{method.Name}";

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
