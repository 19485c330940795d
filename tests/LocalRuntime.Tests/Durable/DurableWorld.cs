using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Core.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Durable.Bindings;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.LocalRuntime.Durable.Replay;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>An engine with orchestrators and activities given as lambdas.</summary>
internal sealed class DurableWorld(
    IInstanceStore store, DurableOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? time = null, IHubPartitions? partitions = null)
    : ITaskCode, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<string?, Task<string?>>> _activities = new(StringComparer.OrdinalIgnoreCase);
    private DurableEngine? _engine;

    public static DataConverter Converter { get; } = new SerializerDataConverter(new JsonObjectSerializer());

    public DurableEngine Engine => _engine ?? throw new InvalidOperationException("Not started.");

    public DurableTaskClient Client => field ??= new EngineClient(Engine);

    /// <summary>Names of the activities that ran, in the order in which they began.</summary>
    public ConcurrentQueue<string> Ran { get; } = [];

    /// <summary>Makes what an episode disposes of at its end.</summary>
    public Func<IAsyncDisposable?> Scope { get; set; } = () => null;

    public DurableWorld Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        _orchestrators[name] = code;
        return this;
    }

    public DurableWorld ActivityAsync<TIn, TOut>(string name, Func<TIn, Task<TOut>> code)
    {
        _activities[name] = async input => Converter.Serialize(await code(input is null ? default! : Converter.Deserialize<TIn>(input)!));
        return this;
    }

    public DurableWorld Activity<TIn, TOut>(string name, Func<TIn, TOut> code) => ActivityAsync<TIn, TOut>(name, input => Task.FromResult(code(input)));

    public DurableWorld Start()
    {
        _engine = new DurableEngine(
            store, this, Converter, options ?? new DurableOptions(), time ?? TimeProvider.System, loggerFactory ?? NullLoggerFactory.Instance, partitions);
        _engine.Start();
        return this;
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return await EndOfAsync(started);
    }

    public async Task<OrchestrationMetadata> EndOfAsync(string id)
    {
        try
        {
            return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(Patience.Usual);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not ended: {await StateOfAsync(id).WaitAsync(Patience.Usual)}, after {string.Join(' ', Ran)}");
        }
    }

    public async Task<OrchestrationMetadata> StateOfAsync(string id) =>
        await Client.GetInstanceAsync(id, getInputsAndOutputs: true) ?? throw new InvalidOperationException($"No {id}.");

    public async Task UntilAsync(string id, Func<OrchestrationMetadata, bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        OrchestrationMetadata? state = null;
        await Eventually.TrueAsync(async () => condition(state = await StateOfAsync(id)), () => $"{state}, after {string.Join(' ', Ran)}", what);
    }

    public OrchestratorRun StartOrchestrator(ReplayContext context) => _orchestrators.TryGetValue(context.Name, out var code)
        ? new OrchestratorRun(code(context), Scope())
        : throw new InvalidOperationException($"There is no orchestrator '{context.Name}'.");

    public Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken cancellationToken)
    {
        Ran.Enqueue(name);
        return _activities.TryGetValue(name, out var code)
            ? code(input)
            : throw new InvalidOperationException($"There is no activity '{name}'.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
    }
}
