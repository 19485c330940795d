using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Runs the orchestrations of one hub in this process; the truth is in the store.</summary>
/// <remarks>Parts: <see cref="InstanceCreation"/> starts, <see cref="EpisodeRunner"/> steps, <see cref="EffectDispatcher"/> does what
/// a step decided, <see cref="Recovery"/> finds it all again, <see cref="IHubPartitions"/> says which instances are this process's.</remarks>
internal sealed class DurableEngine : IPartitionHolder, IAsyncDisposable
{
    private static readonly TimeSpan DrainWait = TimeSpan.FromSeconds(2);

    // An episode that broke is repeated, as Azure does when the visibility of its message ends.
    private static readonly TimeSpan BrokenWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, LiveInstance> _live = new(StringComparer.Ordinal);
    private readonly EpisodeQueue _episodes;
    private readonly ActivityQueue _activities;
    private readonly TimerQueue _timers;
    private readonly EpisodeRunner _runner;
    private readonly EffectDispatcher _effects;
    private readonly HistoryCache _cache;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log;

    public DurableEngine(
        IInstanceStore store, ITaskCode code, DataConverter converter, DurableOptions options, TimeProvider time, ILoggerFactory loggerFactory,
        IHubPartitions? partitions = null)
    {
        Partitions = partitions ?? new SoleOwner();
        Store = store;
        Stopping = _stop.Token;
        Options = options;
        Time = time;
        Converter = converter;
        _log = loggerFactory.CreateLogger<DurableEngine>();
        _cache = new HistoryCache(options.HistoryCacheChars);
        _runner = new EpisodeRunner(store, code, converter, _cache, time, loggerFactory);
        _episodes = new EpisodeQueue(options.MaxOrchestrators, RunEpisodeAsync);
        _activities = new ActivityQueue(code, options.MaxActivities, (instance, message) => Post(instance, message));
        _timers = new TimerQueue(time, OnTimer);
        _effects = new EffectDispatcher(this, _activities, _timers, _log);
        Creation = new InstanceCreation(this);
        Inbox = new InstanceInbox(this);
    }

    public IInstanceStore Store { get; }

    public DurableOptions Options { get; }

    public TimeProvider Time { get; }

    public DataConverter Converter { get; }

    public IHubPartitions Partitions { get; }

    public InstanceCreation Creation { get; }

    public InstanceInbox Inbox { get; }

    /// <summary>For what must not happen twice at once to the same id: its creation, its removal.</summary>
    public KeyedLocks Locks { get; } = new();

    public CancellationToken Stopping { get; }

    /// <summary>Ends when the unfinished instances of this process are back in memory; what clients ask has to wait for it.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Returns at once: storage that is away is waited for in the background.</summary>
    public void Start()
    {
        _activities.Start();
        _episodes.Start();
        _ = RecoverAsync();
    }

    /// <summary>Takes no new work, lets running activities end within a bounded time, and records what they brought.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var activities = _activities.StopAsync();
        await Task.WhenAny(activities, Task.Delay(Options.StopWait, Time, cancellationToken));
        if (_activities.Running is > 0 and var running)
            _log.StoppedWithActivities(running);
        for (var waited = TimeSpan.Zero; !_episodes.IsIdle && waited < DrainWait; waited += TimeSpan.FromMilliseconds(10))
            await Task.Delay(10, CancellationToken.None);
        await Partitions.LeaveAsync(_episodes.IsIdle);
        await AbandonAsync();
        await _episodes.StopAsync();
    }

    /// <summary>Stops at once, in the middle of anything.</summary>
    public async Task AbandonAsync()
    {
        Partitions.Abandon();
        _timers.Dispose();
        _ready.TrySetCanceled(CancellationToken.None);
        await _stop.CancelAsync();
        _ = _activities.StopAsync();
        _ = _episodes.StopAsync();
    }

    /// <summary>As <see cref="AbandonAsync"/>: an activity that does not end must not keep the process.</summary>
    public async ValueTask DisposeAsync() => await AbandonAsync();

    public LiveInstance? FindLive(string instanceId) => _live.GetValueOrDefault(instanceId);

    /// <summary>Takes an instance into memory, under its lock; in the place of an ended one.</summary>
    /// <returns>Not if its partition is no longer this process's.</returns>
    public bool TryRegister(LiveInstance instance)
    {
        _live[instance.Id] = instance;
        // In this order: what is given away meanwhile is seen either here or by Drop.
        if (Partitions.Owns(instance.Header.Partition))
            return true;
        LetGo(instance);
        return false;
    }

    /// <returns>Whether the instance takes messages still.</returns>
    public bool Post(LiveInstance instance, Message message)
    {
        var (accepted, turn) = instance.Post(message);
        _episodes.Add(instance, turn);
        return accepted;
    }

    /// <summary>Lets a new execution begin, now or when it is due.</summary>
    public void ScheduleStart(LiveInstance instance)
    {
        if (instance.Header.StartAt is { } startAt && startAt > Time.GetUtcNow())
            _timers.Add(instance, instance.Header.Ordinal, TimerQueue.StartId, startAt.UtcDateTime);
        else
            Post(instance, new StartMessage());
    }

    /// <summary>Begins everything that a loaded instance had under way, then lets it go on.</summary>
    public void Resume(LiveInstance instance, IReadOnlyList<ActionEvent> open, IReadOnlyList<OutboxMessage> unsent)
    {
        if (instance.IsClosed)
            return;
        if (!instance.IsStarted)
            ScheduleStart(instance);
        _effects.Begin(instance, open, [], unsent);
        _episodes.Add(instance, instance.Release());
    }

    /// <summary>Delivers what an ended instance has left undelivered.</summary>
    public void Settle(LiveInstance ended, IReadOnlyList<OutboxMessage> unsent)
    {
        _effects.Begin(ended, [], [], unsent);
        _ = _effects.FinishAsync(ended);
    }

    /// <summary>Takes an instance out of memory; it gets no more messages.</summary>
    /// <returns>Whether messages from outside wait for it.</returns>
    public bool Forget(LiveInstance instance)
    {
        _live.TryRemove(new KeyValuePair<string, LiveInstance>(instance.Id, instance));
        _cache.Remove(instance);
        var left = instance.Close();
        foreach (var message in left.OfType<CompletionMessage>())
        {
            // An ended parent wants to know nothing more; one that runs on elsewhere asks its children again.
            if (message.Child is { } child)
                Store.MarkFinished(child);
        }
        return !instance.Header.IsEnded && left.Any(message => message is ExternalMessage);
    }

    public async Task TakeAsync(bool mayLinger, CancellationToken cancellationToken)
    {
        var resumed = await new Recovery(this).RunAsync(mayLinger, cancellationToken);
        _log.PartitionsTaken(Options.HubName, resumed);
    }

    public void Drop()
    {
        foreach (var instance in _live.Values.Where(instance => !Partitions.Owns(instance.Header.Partition)))
            LetGo(instance);
    }

    /// <summary>Takes an unfinished instance out of memory; messages that wait for it are not forgotten.</summary>
    public void LetGo(LiveInstance instance)
    {
        _timers.RemoveAll(instance);
        if (Forget(instance))
            _ = ReadAgainAsync(instance, TimeSpan.Zero);
    }

    public async Task<bool> LookAtAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (FindLive(instanceId) is not { } instance)
        {
            using var _ = await Locks.TakeAsync(instanceId, cancellationToken);
            if (FindLive(instanceId) is not { } come)
                return await BringAsync(instanceId, cancellationToken);
            // By a takeover, which may have read it before the message was written.
            instance = come;
        }
        foreach (var message in await Store.ReadInboxAsync(instanceId, cancellationToken))
        {
            if (instance.Header.Takes(message) && !Post(instance, new ExternalMessage(message)))
                return instance.Header.IsEnded;
        }
        return true;
    }

    public int CountLive(int partition) => _live.Values.Count(instance => instance.Header.Partition == partition);

    /// <summary>Runs something in the background until it succeeds or the engine stops.</summary>
    public Task RunUntilDoneAsync(Func<CancellationToken, Task> operation) => StorageRetry.RunAsync(operation, _log, Time, Stopping);

    private async Task RunEpisodeAsync(LiveInstance instance, CancellationToken cancellationToken)
    {
        var ordinal = instance.Header.Ordinal;
        try
        {
            var record = await _runner.RunAsync(instance, () => Post(instance, new IllegalAwaitMessage(ordinal)), cancellationToken);
            if (record is not null)
                _effects.Apply(instance, ordinal, record);
        }
        catch (OwnershipLostException exception)
        {
            _log.OwnershipLost(exception, instance.Id);
            _timers.RemoveAll(instance);
            Forget(instance);
            _ = ReadAgainAsync(instance, TimeSpan.Zero);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _log.EpisodeBroken(exception, instance.Id, BrokenWait.TotalSeconds);
            _timers.RemoveAll(instance);
            Forget(instance);
            _ = ReadAgainAsync(instance, BrokenWait);
        }
    }

    /// <summary>Under the instance's lock.</summary>
    private async Task<bool> BringAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await Store.LoadAsync(instanceId, cancellationToken) is not { } stored)
            return true;
        // What it loads has its messages already; where the answer to its last step got lost, its end is told now.
        if (!stored.Header.IsEnded)
            return await Recovery.TryAdoptAsync(this, stored, cancellationToken);
        if (Partitions.Owns(stored.Header.Partition))
            Recovery.Settle(this, stored);
        return true;
    }

    /// <summary>Goes on from what is recorded, or lets the process do so whose instance it is now: it may not know of the last messages.</summary>
    private async Task ReadAgainAsync(LiveInstance lost, TimeSpan wait)
    {
        try
        {
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, Time, Stopping);
            await RunUntilDoneAsync(async token =>
            {
                if (!await Partitions.ConfirmAsync(lost.Header.Partition, token) || !await LookAtAsync(lost.Id, token))
                    await Partitions.TellOwnerAsync(lost.Header.Partition, lost.Id, token);
            });
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // Found again at the next start.
        }
    }

    private void OnTimer(LiveInstance instance, int ordinal, int id) =>
        Post(instance, id == TimerQueue.StartId ? new StartMessage() : new CompletionMessage(ordinal, new TimerFired(id)));

    private async Task RecoverAsync()
    {
        try
        {
            await RunUntilDoneAsync(async token =>
            {
                await Store.PrepareAsync(token);
                await Partitions.JoinAsync(this, token);
            });
            _ready.TrySetResult();
            _log.EngineStarted(Options.HubName, _live.Count);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            _ready.TrySetCanceled(Stopping);
        }
    }
}
