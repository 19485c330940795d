using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.LocalRuntime.Durable.Management;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>The engine of this process, on the storage that the host names.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private const string DataFolderSetting = "LocalRuntime:DataFolder";

    private readonly Lazy<DurableEngine> _engine;
    private readonly ManagementAddress _address;
    private bool _isStarted;

    public DurableHost(
        HostJson hostJson, SettingReferences references, IConfiguration configuration, IStorageConnections storage, DurableFunctions functions,
        ManagementAddress address, IOptions<WorkerOptions> worker, TimeProvider time, ILoggerFactory loggerFactory)
    {
        _address = address;
        Converter = new SerializerDataConverter(worker.Value.Serializer!);
        functions.Converter = Converter;
        _engine = new Lazy<DurableEngine>(() =>
        {
            var options = DurableSettings.Read(hostJson, references.Resolve);
            if (configuration[DataFolderSetting] is { Length: > 0 } folder)
                options = options with { LockFolder = folder };
            var table = new TableClient(
                storage.ConnectionString(options.ConnectionName), $"{options.HubName}Instances", new TableClientOptions { Transport = storage.Transport });
            var container = storage.Blobs(options.ConnectionName).GetBlobContainerClient($"{options.HubName.ToLowerInvariant()}-largemessages");
            return new DurableEngine(
                new TablesInstanceStore(table, new LargePayloads(container)), functions, Converter, options, time, loggerFactory,
                new LeasedPartitions(new HubTable(table), options, time, loggerFactory.CreateLogger<LeasedPartitions>()));
        });
    }

    public DataConverter Converter { get; }

    /// <summary>Whether a function of the app runs in the engine, or calls it.</summary>
    public bool IsNeeded { get; set; }

    public EngineClient Client => new(_engine.Value, () => _address.Links(_engine.Value.Options.HubName));

    public DurableTaskClient NewClient() => Client;

    public ManagementLinks LinksFor(HttpRequest request) => _address.Links(_engine.Value.Options.HubName, request);

    /// <exception cref="InvalidOperationException">A setting is missing or wrong.</exception>
    public void Start()
    {
        if (!IsNeeded || _isStarted)
            return;
        _isStarted = true;
        _engine.Value.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => _isStarted ? _engine.Value.StopAsync(cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
            await _engine.Value.DisposeAsync();
    }
}
