using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ProspectOps.Architecture.Tests.Il;

/// <summary>What a method uses, itself or by methods of the given assemblies that it calls: lambdas, iterators and async bodies included.</summary>
internal sealed class Reach(IReadOnlyCollection<Assembly> assemblies)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    public IEnumerable<(MethodBase User, OpCode Code, MemberInfo Member)> From(MethodBase start)
    {
        var seen = new HashSet<MethodBase> { start };
        var open = new Queue<MethodBase>([start]);
        while (open.TryDequeue(out var method))
        {
            foreach (var body in Bodies(method))
            {
                foreach (var (code, member) in IlReader.MembersIn(body))
                {
                    yield return (body, code, member);
                    if (member is MethodBase called && assemblies.Contains(called.Module.Assembly) && seen.Add(Definition(called)))
                        open.Enqueue(Definition(called));
                }
            }
        }
    }

    private static IEnumerable<MethodBase> Bodies(MethodBase method)
    {
        yield return method;
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
            yield return machine.StateMachineType.GetMethod("MoveNext", Declared)!;
    }

    // A generic method is looked at once, whatever it is made of.
    private static MethodBase Definition(MethodBase method) =>
        method is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } generic ? generic.GetGenericMethodDefinition() : method;
}
