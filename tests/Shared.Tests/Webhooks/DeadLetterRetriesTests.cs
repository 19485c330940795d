using ProspectOps.Platform.Errors;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class DeadLetterRetriesTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Cluster_is_sent_again_one_first_and_then_the_rest()
    {
        using var world = await DeadWorldAsync();
        var cluster = Assert.Single(await new DeadLetterReader(world.Process.Letters).ClustersAsync(WebhooksWorld.Tenant, default));
        _receiver.Forget();
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        var atOnce = new List<int>();
        _receiver.Answers(_ =>
        {
            atOnce.Add(_receiver.Received.Count);
            return 200;
        });

        var retry = await world.Process.Retries.StartAsync(WebhooksWorld.Tenant, cluster.ClusterId, "1", default);
        // No two reminders are of one moment, as they could be where time stands still.
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        await world.Process.Handler.HandleAsync(world.Take(), default);
        var afterCanary = _receiver.Received.Count;
        await world.SettleAsync();

        Assert.Equal(60, cluster.Count);
        Assert.Equal((1, 60), (afterCanary, _receiver.Received.Count));
        Assert.Empty(await world.LettersAsync());
        Assert.Equal("done", (await world.Process.Letters.FindRetryAsync(WebhooksWorld.Tenant, retry!.RetryId, default))!.Status);
        Assert.Equal(new DeliverySums(60, 60, 60, 0, 0, 60, 60), await world.SumsAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task Canary_that_fails_stops_it(int status)
    {
        using var world = await DeadWorldAsync();
        var cluster = Assert.Single(await new DeadLetterReader(world.Process.Letters).ClustersAsync(WebhooksWorld.Tenant, default));
        _receiver.Forget();
        _receiver.Answers(_ => status);

        var retry = await world.Process.Retries.StartAsync(WebhooksWorld.Tenant, cluster.ClusterId, "1", default);
        await world.Process.Handler.HandleAsync(world.Take(), default);

        Assert.Single(_receiver.Received);
        Assert.Equal("stopped", (await world.Process.Letters.FindRetryAsync(WebhooksWorld.Tenant, retry!.RetryId, default))!.Status);
        Assert.Equal(59, (await world.LettersAsync()).Count);
    }

    [Fact]
    public async Task New_failure_after_the_canary_stops_the_rest()
    {
        using var world = await DeadWorldAsync();
        var cluster = Assert.Single(await new DeadLetterReader(world.Process.Letters).ClustersAsync(WebhooksWorld.Tenant, default));
        _receiver.Forget();
        _receiver.Answers(_ => _receiver.Received.Count > 5 ? 400 : 200);

        await world.Process.Retries.StartAsync(WebhooksWorld.Tenant, cluster.ClusterId, "1", default);
        await world.SettleAsync();

        // The batch of the canary has nine more, or 49; the other batch is not touched.
        Assert.Contains(_receiver.Received.Count, new[] { 10, 50 });
        Assert.Equal(55, (await world.LettersAsync()).Count);
    }

    [Fact]
    public async Task One_dead_delivery_is_sent_again_with_the_whole_schedule_before_it()
    {
        using var world = await DeadWorldAsync();
        var letter = (await world.LettersAsync())[7];
        _receiver.Forget();
        _receiver.Answers(_ => 500);

        await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default);
        var between = (await world.LettersAsync()).Count;
        await world.SettleAsync();

        Assert.Equal(59, between);
        Assert.Equal(8, _receiver.Received.Count);
        Assert.Equal(9, (await world.LettersAsync()).Single(one => one.DeliveryId == letter.DeliveryId).Attempts);
    }

    [Fact]
    public async Task Delivered_one_is_not_sent_again_and_nothing_goes_to_a_disabled_endpoint()
    {
        using var world = await DeadWorldAsync();
        var letter = (await world.LettersAsync())[0];
        _receiver.Answers(_ => 200);
        await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default);
        await world.SettleAsync();

        Assert.Equal(0, await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default));
        await world.DisableAsync("by_user");
        var refusal = await Assert.ThrowsAsync<DomainException>(() => world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index + 1], null, default));
        Assert.Equal("endpoint_disabled", refusal.Error.Code);
    }

    [Fact]
    public async Task Two_of_one_batch_are_sent_again_though_the_first_is_under_way()
    {
        using var world = await DeadWorldAsync();
        var letters = await world.LettersAsync();
        var (first, second) = (letters[0], letters[1]);
        _receiver.Forget();
        using var answered = new SemaphoreSlim(0);
        _receiver.Answer = async (http, request) =>
        {
            await answered.WaitAsync();
            await Loopback.Status(200)(http, request);
        };

        await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, first.EndpointId!, first.Batch!, [first.Index], null, default);
        var message = world.Take();
        var underWay = Task.Run(() => world.Process.Handler.HandleAsync(message, default));
        // The lease says that it is under way.
        while ((await world.Process.Deliveries.FindAsync(WebhooksWorld.Tenant, first.EndpointId!, first.Batch!, default))!.LeaseUntil is null)
            await Task.Yield();
        var waiting = world.Process.Reopening.ReopenSoonAsync(WebhooksWorld.Tenant, second.EndpointId!, second.Batch!, [second.Index], null, default);
        answered.Release(2);
        await underWay;
        var reopened = await waiting;
        await world.SettleAsync();

        Assert.Equal(first.Batch, second.Batch);
        Assert.Equal((1, 2), (reopened, _receiver.Received.Count));
        Assert.Equal(58, (await world.LettersAsync()).Count);
    }

    [Fact]
    public async Task Batch_that_stays_at_work_is_not_waited_for_long()
    {
        using var world = await DeadWorldAsync();
        var letter = (await world.LettersAsync())[0];
        var batch = (await world.Process.Deliveries.FindAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, default))!;
        await world.Process.Deliveries.TryReplaceAsync(batch with { LeaseUntil = world.Clock.Now.AddMinutes(1) }, default);

        var waiting = world.Process.Reopening.ReopenSoonAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default);
        world.Clock.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal("delivery_busy", (await Assert.ThrowsAsync<DomainException>(() => waiting)).Error.Code);
    }

    [Fact]
    public async Task Delivered_one_is_told_so_though_others_of_its_batch_are_being_attempted()
    {
        using var world = await DeadWorldAsync();
        var letter = (await world.LettersAsync())[0];
        _receiver.Answers(_ => 200);
        await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default);
        await world.SettleAsync();
        var batch = (await world.Process.Deliveries.FindAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, default))!;
        await world.Process.Deliveries.TryReplaceAsync(batch with { LeaseUntil = world.Clock.Now + TimeSpan.FromSeconds(20) }, default);

        Assert.Equal(0, await world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index], null, default));
        var refusal = await Assert.ThrowsAsync<DomainException>(() => world.Process.Reopening.ReopenAsync(WebhooksWorld.Tenant, letter.EndpointId!, letter.Batch!, [letter.Index + 1], null, default));
        Assert.Equal("delivery_busy", refusal.Error.Code);
    }

    [Fact]
    public async Task All_are_sent_again_at_once()
    {
        using var world = await DeadWorldAsync();
        _receiver.Forget();
        _receiver.Answers(_ => 200);

        await world.Process.Work.RetryLaterAsync(WebhooksWorld.Tenant, null, default);
        await world.SettleAsync();

        Assert.Equal(60, _receiver.Received.Count);
        Assert.Empty(await world.LettersAsync());
        Assert.Equal(new DeliverySums(60, 60, 60, 0, 0, 60, 60), await world.SumsAsync());
    }

    [Theory]
    [InlineData("{\"error\":\"no row 17\",\"request\":\"3f2a9c1e77aa\"}", "{\"error\":\"no row 18\",\"request\":\"99aa77cc1122\"}", true)]
    [InlineData("upstream down at 2026-01-31T09:00:00Z", "upstream down at 2026-02-01T10:11:12Z", true)]
    [InlineData("bad signature", "quota exceeded", false)]
    public void Answers_that_differ_in_numbers_and_ids_alone_are_one_cause(string one, string other, bool isSame) =>
        Assert.Equal(isSame, CauseFingerprint.Of("whe_1", 400, one, "") == CauseFingerprint.Of("whe_1", 400, other, ""));

    /// <summary>Sixty people in two batches, all refused.</summary>
    private async Task<WebhooksWorld> DeadWorldAsync()
    {
        var world = await WebhooksWorld.WithAsync(_receiver, people: 40);
        await world.Process.People.AddAsync(WebhooksWorld.Tenant, world.Job.CampaignId, WebhooksWorld.Shard, "m2", [.. SomePeople.InShard(WebhooksWorld.Shard, 60).Skip(40)], [], default);
        _receiver.Answers(_ => 422);
        await world.PlanAsync();
        await world.SettleAsync();
        return world;
    }
}
