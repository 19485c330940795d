using System.Reflection;
using ProspectOps.Architecture.Tests.Il;

namespace ProspectOps.Architecture.Tests;

/// <summary>The assemblies of the product.</summary>
internal static class House
{
    public static Assembly Functions { get; } = Assembly.Load("ProspectOps.Functions");

    public static Assembly Shared { get; } = Assembly.Load("ProspectOps.Shared");

    public static IReadOnlyList<Assembly> LocalRuntime { get; } =
        [.. new[] { "Worker", "Durable", "Tables" }.Select(name => Assembly.Load($"ProspectOps.LocalRuntime.{name}"))];

    public static IReadOnlyList<Assembly> All { get; } = [Functions, Shared, .. LocalRuntime];

    /// <summary>A type written by hand, and which types its code, its lambdas' and its fields' included, names.</summary>
    public static IEnumerable<(Type User, Type Used)> Uses(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            var owner = OutermostOf(type);
            var fields = type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Select(field => field.FieldType);
            var members = Reach.MethodsOf(type).SelectMany(IlReader.MembersIn).Select(use => use.Member as Type ?? use.Member.DeclaringType).OfType<Type>();
            foreach (var used in fields.Concat(members).Distinct())
                yield return (owner, used.IsGenericType ? used.GetGenericTypeDefinition() : used);
        }
    }

    /// <summary>The type that somebody wrote, for one that the compiler made within it.</summary>
    public static Type OutermostOf(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }
}
