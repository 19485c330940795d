using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace ProspectOps.LocalRuntime.Worker.Outputs;

/// <summary>Stores what functions return. Registered as a singleton.</summary>
internal interface IOutputBinding
{
    /// <summary>The attribute of the outputs that this binding stores.</summary>
    Type AttributeType { get; }

    /// <summary>Called once per output at start.</summary>
    /// <returns>What stores a value that is not null.</returns>
    /// <exception cref="InvalidOperationException">The output is declared wrongly.</exception>
    Func<object, CancellationToken, Task> Create(OutputBindingAttribute attribute);
}
