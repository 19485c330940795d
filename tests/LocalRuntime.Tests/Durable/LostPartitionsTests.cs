using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Hub;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A process cannot reach the hub for so long that another one takes over; it does not know, and comes back.</summary>
public sealed class LostPartitionsTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly string _hub = $"L{Guid.NewGuid():N}";
    private readonly FastTime _time = new(20);

    [Fact]
    public async Task What_it_is_told_and_may_not_record_is_handed_to_the_new_owner()
    {
        using var connection = new GatedConnection();
        await using var away = Join(connection);
        await away.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
        await away.Client.WaitForInstanceStartAsync("e");
        connection.Hold();
        await using var owner = Join();
        await UntilAsync(() => owner.Engine.FindLive("e") is not null);

        await away.Client.RaiseEventAsync("e", "word", "hello");
        // Time enough for one who goes on without asking whose it is.
        for (var waited = 0; waited < 50 && !(await away.Client.GetInstanceAsync("e"))!.IsCompleted; waited++)
            await Task.Delay(10);
        connection.Release();

        Assert.Equal("hello", (await owner.EndOfAsync("e")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_it_starts_is_found_by_the_new_owner_when_it_is_back()
    {
        using var connection = new GatedConnection();
        await using var away = Join(connection, activity: () => new TaskCompletionSource<int>().Task);
        await away.Engine.Ready.WaitAsync(Patience.Usual);
        connection.Hold();
        var takes = 0;
        await using var owner = Join(onTake: () => Interlocked.Increment(ref takes));
        // The takeover, and the second look for what began meanwhile.
        await UntilAsync(() => Volatile.Read(ref takes) == 2);

        await away.Client.ScheduleNewOrchestrationInstanceAsync("step", null, new StartOrchestrationOptions("late"));
        await UntilAsync(() => !away.Ran.IsEmpty);
        connection.Release();

        Assert.Equal(1, (await owner.EndOfAsync("late")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task What_others_left_in_a_partition_that_it_takes_back_at_once_goes_on()
    {
        using var connection = new GatedConnection();
        await using var away = Join(connection);
        await away.Engine.Ready.WaitAsync(Patience.Usual);
        connection.Hold();
        var owner = Join(activity: () => new TaskCompletionSource<int>().Task);
        await UntilAsync(() => owner.Engine.Partitions.Owns(0));
        await owner.Client.ScheduleNewOrchestrationInstanceAsync("step", null, new StartOrchestrationOptions("s"));
        await UntilAsync(() => !owner.Ran.IsEmpty);

        await owner.Engine.StopAsync(CancellationToken.None).WaitAsync(Patience.Usual);
        connection.Release();

        Assert.Equal(1, (await away.EndOfAsync("s")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Who_takes_a_partition_and_is_not_answered_still_knows_that_the_previous_owner_may_be_alive()
    {
        var table = new TableClient(azurite.ConnectionString, $"{_hub}Instances");
        await table.CreateIfNotExistsAsync();
        await new HubTable(table).TrySetOwnerAsync([new PartitionClaim(0, PartitionClaim.AtRest)], "somebody", CancellationToken.None);
        using var connection = new UnansweredConnection();
        var holder = new Holder();
        using var partitions = new LeasedPartitions(
            new HubTable(new TableClient(azurite.ConnectionString, $"{_hub}Instances", connection.Options())),
            new DurableOptions { PartitionCount = 1 }, _time, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<Exception>(() => partitions.JoinAsync(holder, CancellationToken.None));
        await partitions.JoinAsync(holder, CancellationToken.None);

        Assert.True(partitions.Owns(0));
        Assert.True(holder.MayLinger);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience.Usual);
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    /// <summary>All share one partition, so that the first one has all.</summary>
    private DurableWorld Join(GatedConnection? connection = null, Func<Task<int>>? activity = null, Action? onTake = null)
    {
        // A lock file would prove that the first one lives, or has died, and no time would have to pass.
        var options = new DurableOptions { PartitionCount = 1, StopWait = TimeSpan.FromMilliseconds(10), LockFolder = "/dev/null/none" };
        var table = new TableClient(azurite.ConnectionString, $"{_hub}Instances", connection?.Options());
        var store = InterceptedStore.Create(TablesDurableTests.NewStore(azurite.ConnectionString, null, _hub), before: (name, _) =>
        {
            if (name == nameof(IInstanceStore.ListUnfinishedAsync))
                onTake?.Invoke();
        });
        return new DurableWorld(store, options, time: _time, partitions: new LeasedPartitions(new HubTable(table), options, _time, NullLogger.Instance))
            .Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"))
            .Orchestrator("step", async context => await context.CallActivityAsync<int>("one"))
            .ActivityAsync<object, int>("one", _ => activity?.Invoke() ?? Task.FromResult(1))
            .Start();
    }

    /// <summary>The first transaction is done, and nobody hears of it.</summary>
    private sealed class UnansweredConnection() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _transactions;

        public TableClientOptions Options()
        {
            var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
            options.Retry.MaxRetries = 0;
            return options;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Post || Interlocked.Increment(ref _transactions) > 1)
                return response;
            response.Dispose();
            throw new HttpRequestException("The connection was reset.");
        }
    }

    private sealed class Holder : IPartitionHolder
    {
        public bool MayLinger { get; private set; }

        public Task TakeAsync(bool mayLinger, CancellationToken cancellationToken)
        {
            MayLinger = mayLinger;
            return Task.CompletedTask;
        }

        public void Drop()
        {
        }

        public Task<bool> LookAtAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(true);

        public int CountLive(int partition) => 0;
    }
}
