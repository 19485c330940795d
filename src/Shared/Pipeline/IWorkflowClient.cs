namespace ProspectOps.Pipeline;

/// <summary>What the product asks of the durable engine, whichever it is.</summary>
public interface IWorkflowClient
{
    /// <summary>Starts it; one that runs already under that id is the same.</summary>
    Task StartAsync(string orchestration, string instanceId, object input, CancellationToken cancellationToken);

    /// <summary>Wakes it. False where it is unknown or over.</summary>
    Task<bool> SignalAsync(string instanceId, string signal, CancellationToken cancellationToken);

    /// <summary>Whether the engine answers.</summary>
    Task PingAsync(CancellationToken cancellationToken);
}
