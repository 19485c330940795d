using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Testing;

namespace ProspectOps.Architecture.Tests.Orchestrators;

/// <summary>What the official analyzers refuse, so that the Azure build does not fail on what the local one took.</summary>
public sealed partial class ActivityCallTests
{
    [Fact]
    public void An_activity_is_asked_for_what_it_returns()
    {
        var calls = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "Functions"), "*Orchestrator.cs", SearchOption.AllDirectories)
            .SelectMany(file => Call().Matches(File.ReadAllText(file)))
            .Select(match => (Asked: match.Groups["type"].Value, Activity: match.Groups["activity"].Value))
            .ToArray();

        Assert.NotEmpty(calls);
        Assert.Empty(calls.Where(call => call.Asked != NameOf(ResultOf(call.Activity))).Select(call => $"{call.Activity} is asked for {call.Asked}"));
    }

    private static Type ResultOf(string activity)
    {
        var result = House.Functions.GetTypes().SelectMany(type => type.GetMethods())
            .Single(method => method.GetCustomAttributes(typeof(FunctionAttribute), false).Cast<FunctionAttribute>().Any(function => function.Name == activity))
            .ReturnType;
        return result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>) ? result.GetGenericArguments()[0] : result;
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsGenericType)
            return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Boolean => "bool",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.String => "string",
            _ => type.Name,
        };
    }

    [GeneratedRegex(@"CallActivityAsync<(?<type>[^(]+)>\(\s*nameof\(\w+\.(?<activity>\w+)\)")]
    private static partial Regex Call();
}
