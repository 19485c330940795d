using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using ProspectOps.LocalRuntime.Worker.Invocation;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>A function as found in the app, with its trigger. Made once at start.</summary>
internal sealed class FunctionDescriptor
{
    public required FunctionDefinition Definition { get; init; }

    public required MethodInfo Method { get; init; }

    public required TriggerBindingAttribute TriggerAttribute { get; init; }

    public required ParameterInfo TriggerParameter { get; init; }

    /// <summary>What the function returns once awaited; <see langword="null"/> for void and Task.</summary>
    public required Type? ResultType { get; init; }

    /// <summary>What is stored of what it returns.</summary>
    public required OutputDeclaration Outputs { get; init; }

    public string Name => Definition.Name;

    /// <summary>Longest that a run may take; <see langword="null"/> for no limit. Source: <c>functionTimeout</c> of host.json.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>By the setting <c>AzureWebJobs.{name}.Disabled</c>. It is checked and shown, and nothing calls it.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The compiled call. Set once the listeners have accepted the function.</summary>
    internal FunctionBody? Body { get; set; }
}
