using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Logging;
using ProspectOps.Architecture.Tests.Il;

namespace ProspectOps.Architecture.Tests.Orchestrators;

/// <summary>What an orchestrator may not do, since it is replayed: the rules DURABLE0001 to 0011 of the official analyzers, and those of the house.</summary>
internal sealed class DeterminismRules(params IReadOnlyCollection<Assembly> assemblies)
{
    private static readonly string[] IoNamespaces = ["System.IO", "System.Net", "System.Data", "Azure", "Microsoft.AspNetCore", "Anthropic"];

    private readonly Reach _reach = new(assemblies);

    /// <returns>One line per breach: the rule, the member, and who names it.</returns>
    public IEnumerable<string> BreachesOf(MethodInfo orchestrator)
    {
        foreach (var parameter in orchestrator.GetParameters())
        {
            if (parameter.ParameterType == typeof(CancellationToken))
                yield return $"token: {orchestrator.Name} takes a CancellationToken";
            if (parameter.GetCustomAttribute<BindingAttribute>() is { } binding and not OrchestrationTriggerAttribute)
                yield return $"binding: {orchestrator.Name} has {binding.GetType().Name}";
        }
        var used = _reach.From(orchestrator).ToArray();
        foreach (var (user, code, member) in used)
        {
            if (RuleAgainst(code, member) is { } rule)
                yield return $"{rule}: {member.DeclaringType}.{member.Name} in {user.DeclaringType}.{user.Name}";
        }
        if (used.Any(one => one.Member.Name == "ContinueAsNew"))
            yield break;
        foreach (var user in used.Select(one => one.User).Distinct().Where(IlReader.AwaitsInEndlessLoop))
            yield return $"endless history: {user.DeclaringType}.{user.Name} loops without ContinueAsNew";
    }

    private static string? RuleAgainst(OpCode code, MemberInfo member) => member switch
    {
        FieldInfo field => RuleAgainst(code, field),
        MethodBase method => RuleAgainst(method),
        _ => null,
    };

    private static string? RuleAgainst(OpCode code, FieldInfo field)
    {
        // The state of an async method may hold the logger that the context made.
        if (typeof(ILogger).IsAssignableFrom(field.FieldType) && !field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute)))
            return "logger";
        // Caches of lambdas are the compiler's own.
        var isOfCode = field.IsStatic && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));
        var changes = code == OpCodes.Stsfld || !(field.IsInitOnly || field.IsLiteral);
        return isOfCode && changes ? "static state" : null;
    }

    private static string? RuleAgainst(MethodBase method)
    {
        var type = method.DeclaringType!;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var isTask = typeof(Task).IsAssignableFrom(type) || definition == typeof(ValueTask<>) || type == typeof(ValueTask);
        return method.Name switch
        {
            "get_Now" or "get_UtcNow" or "get_Today" when type == typeof(DateTime) || type == typeof(DateTimeOffset) => "clock",
            _ when type == typeof(TimeProvider) || type == typeof(Stopwatch) => "clock",
            "get_TickCount" or "get_TickCount64" when type == typeof(Environment) => "clock",
            "NewGuid" or "CreateVersion7" when type == typeof(Guid) => "guid",
            _ when type == typeof(Random) || type.FullName == "System.Security.Cryptography.RandomNumberGenerator" => "random",
            "Delay" when isTask => "delay",
            _ when type == typeof(Thread) || type == typeof(Timer) || type == typeof(PeriodicTimer) => "delay",
            "Run" or "ContinueWith" or "get_Factory" when isTask => "other thread",
            _ when type == typeof(Parallel) || type == typeof(ThreadPool) || type == typeof(TaskFactory) => "other thread",
            "ConfigureAwait" when isTask => "ConfigureAwait",
            "get_NewLine" when type == typeof(Environment) => null,
            _ when type == typeof(Environment) || IsIn(type, "Microsoft.Extensions.Configuration") || IsIn(type, "Microsoft.Extensions.Options") => "settings",
            "GetLogger" => "logger",
            _ when Array.Exists(IoNamespaces, io => IsIn(type, io)) && type != typeof(InvalidDataException) => "I/O",
            _ => null,
        };
    }

    private static bool IsIn(Type type, string name) =>
        type.Namespace is { } own && (own == name || own.StartsWith(name + ".", StringComparison.Ordinal));
}
