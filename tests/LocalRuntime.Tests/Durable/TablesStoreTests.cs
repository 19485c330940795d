using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>An ended instance with payloads in blobs is to go, and that is cut short.</summary>
public sealed class TablesStoreTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly string _hub = $"S{Guid.NewGuid():N}";
    private readonly string _large = new('x', 40_000);

    [Fact]
    public async Task An_instance_whose_purge_was_cut_short_does_not_keep_the_engine_from_starting_and_can_be_started_anew()
    {
        await RunAsync("old");
        using var connection = new NoDeletion();
        var purging = TablesDurableTests.NewStore(azurite.ConnectionString, connection.Options(), _hub);
        await Assert.ThrowsAsync<RequestFailedException>(() => purging.DeleteAsync("e", _ => true, CancellationToken.None));

        Assert.Equal(_large + "new", await RunAsync("new"));
    }

    [Fact]
    public async Task An_instance_that_could_not_be_replaced_keeps_its_payloads()
    {
        await RunAsync("old");
        var store = TablesDurableTests.NewStore(azurite.ConnectionString, null, _hub);
        var ended = (await store.LoadAsync("e", CancellationToken.None))!;
        await store.FenceAsync(ended, CancellationToken.None);

        await Assert.ThrowsAsync<OwnershipLostException>(() => store.ReplaceAsync(
            ended, ended.Header with { Ordinal = 2, Status = OrchestrationRuntimeStatus.Pending, Output = null }, CancellationToken.None));

        Assert.Equal(ended.Header.Output, (await store.LoadAsync("e", CancellationToken.None))!.Header.Output);
    }

    [Fact]
    public async Task Whoever_replaces_an_ended_instance_second_takes_nothing_from_the_one_that_has_its_place()
    {
        await RunAsync("old");
        var store = TablesDurableTests.NewStore(azurite.ConnectionString, null, _hub);
        var ended = (await store.LoadAsync("e", CancellationToken.None))!;
        var header = ended.Header with { Ordinal = 2, Status = OrchestrationRuntimeStatus.Pending, Output = null };
        await store.ReplaceAsync(ended, header, CancellationToken.None);
        await store.AddMessageAsync("e", new InboxMessage(MessageKeys.Arrived(DateTimeOffset.UtcNow, 0), InboxKind.Event, "go", null), CancellationToken.None);

        await Assert.ThrowsAsync<OwnershipLostException>(() => store.ReplaceAsync(ended, header, CancellationToken.None));

        Assert.Single(await store.ReadInboxAsync("e", CancellationToken.None));
    }

    private async Task<string> RunAsync(string suffix)
    {
        await using var world = new DurableWorld(TablesDurableTests.NewStore(azurite.ConnectionString, null, _hub))
            .Orchestrator("echo", async context => await context.CallActivityAsync<string>("append", context.GetInput<string>()))
            .Activity<string, string>("append", text => text + suffix)
            .Start();
        return (await world.RunAsync("echo", _large, "e")).ReadOutputAs<string>()!;
    }

    private sealed class NoDeletion() : DelegatingHandler(new SocketsHttpHandler())
    {
        public TableClientOptions Options()
        {
            var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
            options.Retry.MaxRetries = 0;
            return options;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Delete
                ? new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new StringContent("") }
                : await base.SendAsync(request, cancellationToken);
    }
}
