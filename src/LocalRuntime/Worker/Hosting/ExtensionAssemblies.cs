using System.Reflection;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Finds the extensions among the runtime's own assemblies in the app's folder.</summary>
/// <remarks>By file and not by reference: the compiler drops the reference to an assembly of which an app names no type.</remarks>
internal static class ExtensionAssemblies
{
    public static IReadOnlyList<IWorkerExtension> Find() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "ProspectOps.LocalRuntime.*.dll")
            .Order(StringComparer.Ordinal)
            .Select(path => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path))))
            .Append(Assembly.GetEntryAssembly())
            .SelectMany(assembly => assembly?.GetCustomAttributes<WorkerExtensionAttribute>() ?? [])
            .Select(attribute => (IWorkerExtension)Activator.CreateInstance(attribute.ExtensionType)!),
    ];
}
