using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Events_and_deliveries_go_when_they_are_old_and_not_before()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.PlanAsync();
        await PublishAsync(world, "old");
        await world.SettleAsync();

        await PassAsync(world, TimeSpan.FromDays(29));
        Assert.Equal((2, 2), await KeptAsync(world));

        await PublishAsync(world, "young");
        await world.SettleAsync();
        await PassAsync(world, TimeSpan.FromDays(2));
        Assert.Equal((1, 1), await KeptAsync(world));
        Assert.Single(await MarkersAsync(world));

        await PassAsync(world, Month);
        Assert.Equal((0, 0), await KeptAsync(world));
        Assert.Empty(await MarkersAsync(world));
        Assert.Empty(await world.DueAsync(RetentionReminder.Kind));
    }

    [Fact]
    public async Task Large_bodies_and_large_answers_go_with_their_rows()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 3);
        _receiver.Answer = (http, _) => http.Response.WriteAsync(Noise(16_000));
        await world.PlanAsync();
        await PublishAsync(world, Noise(60_000));
        await world.SettleAsync();
        var kept = (BlobsOf(world, "webhook-payloads"), BlobsOf(world, "webhook-answers"));

        await PassAsync(world, Month);

        Assert.Equal((1L, 1L), kept);
        Assert.Equal((0L, 0L), (BlobsOf(world, "webhook-payloads"), BlobsOf(world, "webhook-answers")));

        // The receiver answers several at once, which only this one bears.
        static string Noise(int characters) => Random.Shared.GetHexString(characters);
    }

    [Fact]
    public async Task Delivery_that_is_sent_again_while_its_age_is_judged_stays()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        _receiver.Answer = Loopback.Status(400);
        await world.PlanAsync();
        await world.SettleAsync();
        var batch = await world.BatchAsync();
        var stored = new List<StoredBatch>();
        await foreach (var one in world.Process.Deliveries.StoredAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, "", "~", default))
            stored.Add(one);

        await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, batch.Name, [0], null, default);
        var changed = await world.Process.Deliveries.DeleteAsync(stored, default);

        Assert.Equal([batch.Name], changed);
        Assert.Equal("r", (await world.BatchAsync()).States);
    }

    [Fact]
    public async Task Open_delivery_keeps_its_events_however_old_they_are()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { IsVerified = false }, default);
        await world.PlanAsync();

        await PassAsync(world, TimeSpan.FromDays(400));
        Assert.Equal((1, 1), await KeptAsync(world));

        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { IsVerified = true }, default);
        world.Clock.Pass(TimeSpan.FromSeconds(6));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        await world.SettleAsync();
        Assert.Equal(2, _receiver.Received.Count);
    }

    [Fact]
    public async Task Dead_delivery_stays_as_long_as_its_dead_letter()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1, new WebhooksOptions { AllowPrivateNetworks = true, RetainDays = 2, DeadLetterDays = 10 });
        _receiver.Answer = Loopback.Status(400);
        await world.PlanAsync();
        await world.SettleAsync();

        await PassAsync(world, TimeSpan.FromDays(10));
        var letter = Assert.Single(await world.LettersAsync());
        _receiver.Answer = Loopback.Status(204);
        var sent = await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, letter.Batch!, [letter.Index], null, default);
        await world.SettleAsync();

        Assert.Equal(1, sent);
        Assert.Equal(2, _receiver.Received.Count);
        await PassAsync(world, TimeSpan.FromDays(1));
        Assert.Equal((1, 1), await KeptAsync(world)); // it was sent a day ago
        await PassAsync(world, TimeSpan.FromDays(2));
        Assert.Equal((0, 0), await KeptAsync(world));
    }

    [Fact]
    public async Task Deliveries_of_an_endpoint_that_was_deleted_go_too()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.PlanAsync();
        await world.SettleAsync();
        await world.Process.Service.DeleteAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default);
        await world.SettleAsync();

        await PassAsync(world, Month);

        Assert.Equal((0, 0), await KeptAsync(world));
    }

    [Fact]
    public async Task What_a_replay_sends_stays_until_the_replay_is_old_and_what_is_old_is_not_replayed()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await PublishAsync(world, "too old");
        world.Clock.Pass(TimeSpan.FromDays(20));
        await PublishAsync(world, "replayed");
        await world.SettleAsync();
        world.Clock.Pass(TimeSpan.FromDays(11));
        _receiver.Forget();

        var plan = await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default, isDryRun: false, "seed0001", default);
        await PassAsync(world, TimeSpan.FromDays(20));
        await world.WorkAsync();
        await world.SettleAsync();

        Assert.Equal(1, plan.Events);
        Assert.Equal("replayed", Assert.Single(_receiver.Received).Text.Split("\"what\":\"")[1].Split('"')[0]);
        await PassAsync(world, Month);
        Assert.Equal((0, 0), await KeptAsync(world));
        Assert.Empty(await new ReplayStore(world.Storage).AllAsync(WebhooksWorld.Tenant, default));
    }

    [Fact]
    public async Task Retries_of_clusters_go_when_they_are_old()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        _receiver.Answer = Loopback.Status(400);
        await world.PlanAsync();
        await world.SettleAsync();
        _receiver.Answer = Loopback.Status(204);
        var cluster = Assert.Single(await new DeadLetterReader(world.Process.Letters).ClustersAsync(WebhooksWorld.Tenant, default));
        await world.Process.Retries.StartAsync(WebhooksWorld.Tenant, cluster.ClusterId, new IdSource(world.Clock).NewSuffix(), default);
        await world.SettleAsync();

        await PassAsync(world, TimeSpan.FromDays(29));
        Assert.Single(await RowsAsync(world, "DeadLetters", $"{WebhooksWorld.Tenant.Value}|retries", "rty_"));
        await PassAsync(world, TimeSpan.FromDays(2));
        Assert.Empty(await RowsAsync(world, "DeadLetters", $"{WebhooksWorld.Tenant.Value}|retries", "rty_"));
        Assert.Empty(await world.DueAsync(RetentionReminder.Kind));
    }

    [Fact]
    public async Task Retry_that_is_refused_leaves_nothing()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        _receiver.Answer = Loopback.Status(400);
        await world.PlanAsync();
        await world.SettleAsync();
        var cluster = Assert.Single(await new DeadLetterReader(world.Process.Letters).ClustersAsync(WebhooksWorld.Tenant, default));
        await world.DisableAsync("by_user");

        await Assert.ThrowsAsync<ProspectOps.Platform.Errors.DomainException>(() => world.Process.Retries.StartAsync(WebhooksWorld.Tenant, cluster.ClusterId, "1", default));

        Assert.Empty(await RowsAsync(world, "DeadLetters", $"{WebhooksWorld.Tenant.Value}|retries", "rty_"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_it_dies_at_the_next_run_goes_on(bool callArrives)
    {
        var calls = await RunAsync(0, callArrives);
        // The reminders' eight shards, and of the tenant: its replays, its old events, one endpoint's batches, two writes, and whether any is left.
        Assert.InRange(calls, 10, 24);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call, callArrives);
    }

    private async Task<int> RunAsync(int diesAt, bool callArrives)
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.PlanAsync();
        await PublishAsync(world, "one");
        await world.SettleAsync();
        world.Clock.Pass(Month);
        var crashing = new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        world.Start(crashing);
        try
        {
            await world.Process.Retention.PurgeAsync(default);
        }
        catch (ProcessDiedException)
        {
            // The reminder stays.
        }

        world.Start(world.Storage);
        await world.Process.Retention.PurgeAsync(default);
        Assert.True((0, 0) == await KeptAsync(world), $"died at call {diesAt}: {await KeptAsync(world)}");
        Assert.True((await MarkersAsync(world)).Count == 0 && (await world.DueAsync(RetentionReminder.Kind)).Count == 0, $"died at call {diesAt}");
        return crashing.Calls;
    }

    /// <summary>Lets time pass, the hourly and five-minutely timers with it.</summary>
    private static async Task PassAsync(WebhooksWorld world, TimeSpan time)
    {
        world.Clock.Pass(time);
        await world.Process.Recorder.ReconcileAsync(default);
        await world.Process.Retention.PurgeAsync(default);
    }

    private static async Task<(int Events, int Batches)> KeptAsync(WebhooksWorld world) =>
        ((await RowsAsync(world, "WebhookEvents", WebhooksWorld.Tenant.Value, "e|")).Count, (await RowsAsync(world, "Deliveries", DeliveryBatch.PartitionOf(WebhooksWorld.Tenant, WebhooksWorld.EndpointId), "b|")).Count);

    private static Task<List<TableRow>> MarkersAsync(WebhooksWorld world) => RowsAsync(world, "WebhookEvents", WebhooksWorld.Tenant.Value, "i|");

    private static async Task<List<TableRow>> RowsAsync(WebhooksWorld world, string table, string partition, string prefix)
    {
        var rows = new List<TableRow>();
        await foreach (var row in world.Storage.Table(table).RangeAsync(partition, prefix, prefix + "~", 1000, default))
            rows.Add(row);
        return rows;
    }

    private static long BlobsOf(WebhooksWorld world, string container) => ((InMemoryBlobs)world.Storage.Blobs(container)).CountOf("");

    private static Task<string> PublishAsync(WebhooksWorld world, string what) =>
        world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, what, new { what }), default);
}
