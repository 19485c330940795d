using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Checks the whole app before anything runs, then starts and stops the listeners.</summary>
/// <remarks>Listeners start after every hosted service of the app has started, so that what they set up is there;
/// they stop at once when the host begins to, while Kestrel drains.</remarks>
internal sealed class TriggerHost(
    FunctionCatalog catalog, IEnumerable<ITriggerListener> listeners, FunctionBodyCompiler compiler, ILogger<TriggerHost> log)
    : IHostedLifecycleService
{
    private readonly ITriggerListener[] _listeners = [.. listeners];
    private IReadOnlyList<FunctionDescriptor> _functions = [];
    private Task _stopped = Task.CompletedTask;
    private bool _hasStarted;

    /// <exception cref="FunctionStartupException">The app is declared wrongly.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        _functions = catalog.Read(problems);
        foreach (var function in _functions)
        {
            try
            {
                ListenerOf(function).Register(function);
                function.Body = compiler.Compile(function);
            }
            catch (InvalidOperationException e)
            {
                problems.Add(e.Message);
            }
        }
        return problems.Count == 0 ? Task.CompletedTask : throw new FunctionStartupException(problems);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _hasStarted = true;
        foreach (var listener in _listeners)
            await listener.StartAsync(cancellationToken);
        log.FunctionsAreRunning(_functions.Count, string.Join(", ", _functions.Select(f => f.Name)));
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_hasStarted)
            _stopped = Task.WhenAll(_listeners.Select(listener => listener.StopAsync(cancellationToken)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ITriggerListener ListenerOf(FunctionDescriptor function) =>
        _listeners.FirstOrDefault(listener => listener.TriggerAttributeType == function.TriggerAttribute.GetType())
        ?? throw new InvalidOperationException(
            $"Function '{function.Name}': nothing in this build serves {function.TriggerAttribute.GetType().Name}.");
}
