using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Invocation;
using ProspectOps.LocalRuntime.Worker.Keys;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Checks the whole app before anything runs, then starts and stops the listeners.</summary>
/// <remarks>Listeners start after every hosted service of the app has started, so that what they set up is there;
/// they stop at once when the host begins to, while Kestrel drains.</remarks>
internal sealed partial class TriggerHost(
    FunctionCatalog catalog,
    IEnumerable<ITriggerListener> listeners,
    FunctionBodyCompiler compiler,
    FunctionKeys keys,
    StartupProblems problems,
    ILogger<TriggerHost> log)
    : IHostedLifecycleService
{
    private readonly ITriggerListener[] _listeners = [.. listeners];
    private IReadOnlyList<FunctionDescriptor> _functions = [];
    private Task _stopped = Task.CompletedTask;
    private bool _hasStarted;

    /// <exception cref="FunctionStartupException">The app is declared wrongly, or a setting is wrong.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _functions = catalog.Read();
        keys.Check(_functions.Select(function => function.Name), problems);
        foreach (var function in _functions.Where(function => !function.IsDisabled))
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
        RefuseProblems();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _hasStarted = true;
        foreach (var line in new StartTable(keys).Lines(_functions, function => ListenerOf(function).Describe(function)))
            log.TableLine(line);
        if (!keys.AreRequired)
            log.KeysAreOff();
        foreach (var listener in _listeners)
            await listener.StartAsync(cancellationToken);
        log.FunctionsAreRunning(_functions.Count(function => !function.IsDisabled));
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_hasStarted)
            _stopped = Task.WhenAll(_listeners.Select(listener => listener.StopAsync(cancellationToken)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What several functions suffer from alike, such as a missing connection, is told once.</summary>
    private void RefuseProblems()
    {
        string[] told =
        [
            .. problems.All
                .Select(problem => (Problem: problem, OfFunction: OfFunctionPattern().Match(problem)))
                .GroupBy(p => p.OfFunction.Success ? p.OfFunction.Groups["what"].Value : p.Problem)
                .Select(group => group.Count() == 1 || !group.First().OfFunction.Success
                    ? group.First().Problem
                    : $"Functions {string.Join(", ", group.Select(p => p.OfFunction.Groups["name"].Value))}: {group.Key}"),
        ];
        foreach (var problem in told)
            log.NotStarted(problem);
        if (told.Length > 0)
            throw new FunctionStartupException(told);
    }

    private ITriggerListener ListenerOf(FunctionDescriptor function) =>
        _listeners.FirstOrDefault(listener => listener.TriggerAttributeType == function.TriggerAttribute.GetType())
        ?? throw new InvalidOperationException(
            $"Function '{function.Name}': nothing in this build serves {function.TriggerAttribute.GetType().Name}.");

    [GeneratedRegex("^Function (?<name>'[^']+'): (?<what>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex OfFunctionPattern();
}
