namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Names the type that adds this assembly's triggers and bindings to the runtime.</summary>
/// <param name="extensionType">Implements <see cref="IWorkerExtension"/>, with a parameterless constructor.</param>
/// <remarks>The runtime looks for it in the assemblies that the app references and in <c>ProspectOps.LocalRuntime.*.dll</c> beside it,
/// so that no app has to mention an extension.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class WorkerExtensionAttribute(Type extensionType) : Attribute
{
    public Type ExtensionType { get; } = extensionType;
}
