using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the function returns becomes a message, or one per element, once it has succeeded.</summary>
/// <param name="queueName">May hold <c>%Setting%</c>. The queue is created when first needed.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class QueueOutputAttribute(string queueName) : OutputBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Name of the storage connection. Default: <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }
}
