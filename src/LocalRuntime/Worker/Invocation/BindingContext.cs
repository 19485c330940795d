namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger knows besides its value: route values, a message's dequeue count.</summary>
public abstract class BindingContext
{
    /// <summary>By name, whatever the case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
