using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Runs one <see cref="QueueListener"/> per queue function.</summary>
internal sealed class QueueTriggerListener(
    QueueSource queues,
    IFunctionInvoker invoker,
    QueueWrites writes,
    TimeProvider clock,
    ILoggerFactory logs,
    QueueSettings settings) : ITriggerListener, IDisposable
{
    private readonly List<QueueListener> _listeners = [];
    private readonly Dictionary<FunctionDescriptor, string> _names = [];

    public Type TriggerAttributeType => typeof(QueueTriggerAttribute);

    public void Register(FunctionDescriptor function)
    {
        if (function.ResultType is not null && function.Outputs.IsEmpty)
            throw new InvalidOperationException($"Function '{function.Name}': a queue function returns void or Task, unless an output binding takes what it returns.");
        var queue = Find(function);
        var log = logs.CreateLogger($"Queues.{function.Name}");
        var poison = PoisonQueue.Of(queues.Service(((QueueTriggerAttribute)function.TriggerAttribute).Connection), queue.Name);
        var processor = new QueueMessageProcessor(function, queue, poison, settings, invoker, clock, log);
        var listener = new QueueListener(queue, processor, settings, clock, log);
        _listeners.Add(listener);
        _names[function] = queue.Name;
        if (!writes.TryWatch(queue.Uri, listener.Wake))
            throw new InvalidOperationException($"Function '{function.Name}': another function has the queue '{queue.Name}'; each message would go to whichever polls first.");
    }

    public string Describe(FunctionDescriptor function) =>
        _names[function] + (((QueueTriggerAttribute)function.TriggerAttribute).Connection is { } connection ? $" ({connection})" : "");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners)
            listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_listeners.Select(listener => listener.StopAsync(cancellationToken)));

    public void Dispose()
    {
        foreach (var listener in _listeners)
            listener.Dispose();
    }

    private QueueClient Find(FunctionDescriptor function)
    {
        try
        {
            var trigger = (QueueTriggerAttribute)function.TriggerAttribute;
            return queues.Find(trigger.QueueName, trigger.Connection);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Function '{function.Name}': {e.Message}", e);
        }
    }
}
