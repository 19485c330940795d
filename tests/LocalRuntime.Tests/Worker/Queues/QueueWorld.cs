using System.Runtime.CompilerServices;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Queues;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

/// <summary>A worker with one queue function on a queue of its own.</summary>
internal sealed class QueueWorld : IAsyncDisposable
{
    private WorkerHost? _host;

    private QueueWorld(AzuriteFixture azurite, string name)
    {
        ConnectionString = azurite.ConnectionString;
        Queue = Client(name);
        Poison = Client(name + "-poison");
    }

    public string ConnectionString { get; }

    public Received Received { get; } = new();

    public QueueClient Queue { get; }

    public QueueClient Poison { get; }

    public WorkerHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public static QueueWorld On(AzuriteFixture azurite, string? name = null) => new(azurite, name ?? $"q{Guid.NewGuid():N}");

    public QueueClient Client(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <param name="queues">Section extensions.queues of host.json.</param>
    /// <param name="settings">In place of that section.</param>
    /// <param name="storage">In the place of the usual connections.</param>
    public async Task<QueueWorld> StartAsync(
        Type function, string queues = """{ "maxPollingInterval": "00:00:00.2" }""", QueueSettings? settings = null, OddStorage? storage = null)
    {
        _host = await WorkerHost.StartAsync(
            [function],
            builder =>
            {
                builder.Services.AddSingleton(Received);
                if (storage is not null)
                    builder.Services.AddSingleton<IStorageConnections>(storage);
                if (settings is not null)
                    builder.Services.AddSingleton(settings);
            },
            hostJson: $$"""{ "version": "2.0", "extensions": { "queues": {{queues}} } }""",
            settings: [$"AzureWebJobsStorage={ConnectionString}", $"InputQueue={Queue.Name}"]);
        return this;
    }

    public Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => Eventually.TrueAsync(condition, State, what);

    public Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => Eventually.TrueAsync(condition, State, what);

    public async Task<int> CountAsync(QueueClient queue) =>
        await queue.ExistsAsync() ? (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;

    private string State() => $"Received: {string.Join(", ", Received.Texts)}{Environment.NewLine}{_host?.Log.Tail()}";

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
