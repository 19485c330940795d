using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Management;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>The client of the engine in the same process.</summary>
/// <param name="engine">Whose.</param>
/// <param name="links">Addresses of the management API, where there is one.</param>
internal sealed class EngineClient(DurableEngine engine, Func<ManagementLinks>? links = null) : DurableTaskClient(engine.Options.HubName)
{
    // An instance that is in nobody's memory, and not ended, can only be waited for by looking again.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <exception cref="InvalidOperationException">There is no management API.</exception>
    public ManagementLinks Links => links?.Invoke() ?? throw new InvalidOperationException("This client has no address of the management API.");

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        InstanceId.Validate(id);
        if (options?.DedupeStatuses is { } refusing)
            await MakeRoomAsync(id, DedupeStatuses.Parse(refusing), cancellation);
        return await StartAsync(
            id, orchestratorName.Name, engine.Converter.Serialize(input), options?.StartAt?.ToUniversalTime(),
            options?.Tags ?? new Dictionary<string, string>(), cancellation);
    }

    /// <summary>As scheduling does, with an input that is JSON already.</summary>
    public async Task<string> StartRawAsync(string name, string id, string? input, CancellationToken cancellation)
    {
        InstanceId.Validate(id);
        return await StartAsync(id, name, input, null, new Dictionary<string, string>(), cancellation);
    }

    /// <summary>Raises an event whose content is JSON already.</summary>
    public Task RaiseRawAsync(string instanceId, string eventName, string payload, CancellationToken cancellation) =>
        AddAsync(instanceId, InboxKind.Event, eventName, payload, cancellation);

    /// <returns>The instance, and its history if wanted; <see langword="null"/> if there is none.</returns>
    public async Task<(InstanceHeader Header, IReadOnlyList<HistoryEvent>? History)?> FindAsync(string instanceId, bool withHistory, CancellationToken cancellation)
    {
        await engine.Ready.WaitAsync(cancellation);
        if (withHistory)
            return await engine.Store.LoadAsync(instanceId, cancellation) is { } stored ? (stored.Header, stored.History) : null;
        return await engine.Store.FindAsync(instanceId, withPayloads: true, cancellation) is { } header ? (header, null) : null;
    }

    public async Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellation)
    {
        await engine.Ready.WaitAsync(cancellation);
        return await engine.Store.ListAsync(filter, pageSize, continuationToken, cancellation);
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        await AddAsync(instanceId, InboxKind.Event, eventName, engine.Converter.Serialize(eventPayload), cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        AddAsync(instanceId, InboxKind.Terminate, null, engine.Converter.Serialize(options?.Output), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        AddAsync(instanceId, InboxKind.Suspend, null, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        AddAsync(instanceId, InboxKind.Resume, null, reason, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.Ready.WaitAsync(cancellation);
        var header = engine.FindLive(instanceId)?.Header
            ?? await engine.Store.FindAsync(instanceId, getInputsAndOutputs, cancellation);
        return header is null ? null : Describe(header, getInputsAndOutputs);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static header => header.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static header => header.IsEnded, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        var wanted = new InstanceFilter(
            filter.CreatedFrom, filter.CreatedTo, filter.Statuses?.ToArray(), filter.InstanceIdPrefix, filter.FetchInputsAndOutputs);
        var isOtherHub = filter.TaskHubNames?.ToArray() is { Length: > 0 } hubs
            && !hubs.Contains(engine.Options.HubName, StringComparer.OrdinalIgnoreCase);
        return Pageable.Create<OrchestrationMetadata>(async (token, pageSize, cancellation) =>
        {
            if (isOtherHub)
                return new Page<OrchestrationMetadata>([]);
            await engine.Ready.WaitAsync(cancellation);
            var page = await engine.Store.ListAsync(wanted, pageSize ?? filter.PageSize, token ?? filter.ContinuationToken, cancellation);
            return new Page<OrchestrationMetadata>(
                [.. page.Headers.Select(header => Describe(header, filter.FetchInputsAndOutputs))], page.ContinuationToken);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.Ready.WaitAsync(cancellation);
        using var _ = await engine.Locks.TakeAsync(instanceId, cancellation);
        var isDeleted = await engine.Store.DeleteAsync(
            instanceId,
            header => header.IsEnded ? true : throw new InvalidOperationException($"Instance '{instanceId}' is {header.Status}: only one that has ended can be purged."),
            cancellation);
        return new PurgeResult(isDeleted ? 1 : 0);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await engine.Ready.WaitAsync(cancellation);
        return new PurgeResult(await new Purge(engine).RunAsync(
            new InstanceFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses?.ToArray(), null, WithPayloads: false), cancellation));
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.Ready.WaitAsync(cancellation);
        var header = engine.FindLive(instanceId)?.Header ?? await engine.Store.FindAsync(instanceId, withPayloads: true, cancellation)
            ?? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
        if (!header.IsEnded && !restartWithNewInstanceId)
            throw new InvalidOperationException($"Instance '{instanceId}' is {header.Status}: only one that has ended can be restarted under its id.");
        return await StartAsync(
            restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId, header.Name, header.Input, null, header.Tags, cancellation);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> StartAsync(
        string id, string name, string? input, DateTimeOffset? startAt, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        await engine.Ready.WaitAsync(cancellation);
        var (outcome, existing) = await engine.Creation.CreateAsync(engine.Creation.NewHeader(id, name, input, startAt, tags), cancellation);
        return outcome == CreationOutcome.Created
            ? id
            : throw new DurableClientException(DurableClientError.AlreadyExists, $"An instance with the id '{id}' exists and is {existing?.Status}.");
    }

    /// <summary>Ends what is to be replaced.</summary>
    /// <exception cref="DurableClientException">The id is taken by an instance in a status that refuses.</exception>
    private async Task MakeRoomAsync(string id, IReadOnlySet<OrchestrationRuntimeStatus> refusing, CancellationToken cancellation)
    {
        if (await GetInstanceAsync(id, cancellation: cancellation) is not { } existing)
            return;
        if (refusing.Contains(existing.RuntimeStatus))
            throw new DurableClientException(DurableClientError.AlreadyExists, $"An instance with the id '{id}' exists and is {existing.RuntimeStatus}.");
        if (existing.IsCompleted)
            return;
        try
        {
            await TerminateInstanceAsync(id, $"Replaced by a new instance of the same id.", cancellation);
        }
        catch (DurableClientException exception) when (exception.Error == DurableClientError.InvalidState)
        {
            // It has ended by itself.
        }
        await WaitForInstanceCompletionAsync(id, cancellation: cancellation);
    }

    private async Task AddAsync(string instanceId, InboxKind kind, string? name, string? payload, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.Ready.WaitAsync(cancellation);
        await engine.Inbox.AddAsync(instanceId, kind, name, payload, messageId: null, cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceHeader, bool> condition, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await engine.Ready.WaitAsync(cancellation);
        while (true)
        {
            if (engine.FindLive(instanceId) is { } live)
            {
                if (await live.WaitAsync(condition, cancellation) is { } reached)
                    return Describe(reached, withPayloads);
                continue;
            }
            if (await engine.Store.FindAsync(instanceId, withPayloads, cancellation) is { } header && condition(header))
                return Describe(header, withPayloads);
            await Task.Delay(LookAgain, engine.Time, cancellation);
        }
    }

    private OrchestrationMetadata Describe(InstanceHeader header, bool withPayloads) => new(header.Name, header.InstanceId)
    {
        DataConverter = withPayloads ? engine.Converter : null,
        RuntimeStatus = header.Status,
        CreatedAt = header.CreatedAt,
        LastUpdatedAt = header.UpdatedAt,
        SerializedInput = withPayloads ? header.Input : null,
        SerializedOutput = withPayloads ? header.Output : null,
        SerializedCustomStatus = withPayloads ? header.CustomStatus : null,
        Tags = header.Tags,
        FailureDetails = header.Failure?.ToDetails(),
    };
}
