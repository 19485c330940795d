using System.Reflection;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>The types that functions are looked for in. Tests register their own.</summary>
internal sealed record FunctionSource(IReadOnlyList<Type> Types)
{
    /// <summary>All types of the app.</summary>
    public static FunctionSource EntryAssembly() =>
        new(Assembly.GetEntryAssembly()?.GetTypes() ?? throw new InvalidOperationException("The process has no entry assembly."));
}
