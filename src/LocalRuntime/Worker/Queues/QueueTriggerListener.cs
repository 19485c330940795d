using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Runs one <see cref="QueueListener"/> per queue function.</summary>
internal sealed partial class QueueTriggerListener(
    HostJson hostJson,
    IHostEnvironment environment,
    IStorageConnections storage,
    SettingReferences references,
    IFunctionInvoker invoker,
    QueueWrites writes,
    TimeProvider clock,
    ILoggerFactory logs,
    QueueSettings? overrides = null) : ITriggerListener, IDisposable
{
    private readonly QueueSettings _settings = overrides ?? QueueSettings.Read(hostJson, environment);
    private readonly List<QueueListener> _listeners = [];

    public Type TriggerAttributeType => typeof(QueueTriggerAttribute);

    public void Register(FunctionDescriptor function)
    {
        if (function.ResultType is not null)
            throw new InvalidOperationException($"Function '{function.Name}': a queue function returns void or Task; output bindings are not built in.");
        var trigger = (QueueTriggerAttribute)function.TriggerAttribute;
        var (name, service) = (NameOf(function, trigger), Connect(function, trigger));
        var log = logs.CreateLogger($"Queues.{function.Name}");
        var queue = service.GetQueueClient(name);
        var processor = new QueueMessageProcessor(function, queue, PoisonQueue.Of(service, name), _settings, invoker, clock, log);
        var listener = new QueueListener(queue, processor, _settings, clock, log);
        _listeners.Add(listener);
        if (!writes.TryWatch(queue.Uri, listener.Wake))
            throw new InvalidOperationException($"Function '{function.Name}': another function has the queue '{name}'; each message would go to whichever polls first.");
    }

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

    private string NameOf(FunctionDescriptor function, QueueTriggerAttribute trigger)
    {
        string name;
        try
        {
            name = references.Resolve(trigger.QueueName).ToLowerInvariant();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"Function '{function.Name}': {e.Message}", e);
        }
        return NamePattern().IsMatch(name)
            ? name
            : throw new InvalidOperationException($"Function '{function.Name}': '{name}' is no queue name: 3 to 63 lower-case letters, digits and single hyphens.");
    }

    private Azure.Storage.Queues.QueueServiceClient Connect(FunctionDescriptor function, QueueTriggerAttribute trigger)
    {
        try
        {
            return storage.Queues(trigger.Connection);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InvalidOperationException($"Function '{function.Name}': {e.Message}", e);
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
