namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Watches for the events of one kind of trigger and invokes the functions that carry it. Registered as a singleton.</summary>
internal interface ITriggerListener
{
    /// <summary>The attribute of the functions that this listener serves.</summary>
    Type TriggerAttributeType { get; }

    /// <summary>Takes a function, once each, before <see cref="StartAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The function is declared wrongly; the message, for the developer, names the function and the fix.</exception>
    void Register(FunctionDescriptor function);

    /// <summary>What calls a function that is registered, for people to read: its route, queue or schedule.</summary>
    string Describe(FunctionDescriptor function) => "";

    /// <summary>Begins to invoke. Returns soon: what needs storage is retried in the background.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes no new work, signals what runs, and returns when it has ended.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
