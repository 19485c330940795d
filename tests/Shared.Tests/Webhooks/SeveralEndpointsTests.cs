using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>The same people told of at several endpoints.</summary>
public sealed class SeveralEndpointsTests : IAsyncLifetime
{
    private const string Second = "whe_01kc0000000000000000000007";
    private const string Third = "whe_01kc0000000000000000000008";

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Person_counts_once_and_only_when_every_endpoint_took_it()
    {
        using var world = await WorldAsync(people: 4);
        // Nothing is wrong at the first; the second refuses the first person's, for good; the third is down at first.
        var refused = SomePeople.InShard(WebhooksWorld.Shard, 4)[0].ProspectKey;
        var isDown = true;
        _receiver.Answers(request => request.Path switch
        {
            "/second" => request.Text.Contains(refused, StringComparison.Ordinal) ? 400 : 200,
            "/third" => isDown ? 500 : 200,
            _ => 200,
        });
        await world.PlanAsync();

        for (var batch = 0; batch < 3; batch++)
            await world.Process.Handler.HandleAsync(world.Take(), default);
        var between = await world.SumsAsync();
        isDown = false;
        await world.DrainAsync();

        Assert.Equal(new DeliverySums(12, 12, 7, 4, 1, 0, 0), between);
        Assert.Equal(new DeliverySums(12, 12, 11, 0, 1, 3, 3), await world.SumsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_a_process_dies_at_every_person_counts_once(bool callArrives)
    {
        _receiver.Answers(_ => 200);
        for (var call = 1; ; call++)
        {
            using var world = await WorldAsync(people: 2);
            world.Start(new CrashingStorage(world.Storage) { DiesAt = call, CallArrives = callArrives });
            var died = false;
            try
            {
                await world.PlanAsync();
                await world.DrainAsync();
            }
            catch (ProcessDiedException)
            {
                died = true;
            }
            world.Start(world.Storage);
            await world.PlanAsync(); // the step runs again
            for (var sweep = 0; sweep < 6; sweep++)
            {
                await world.Process.Sweeper.SweepAsync(othersAreDead: true, default);
                await world.DrainAsync();
                world.Clock.Pass(TimeSpan.FromSeconds(10));
            }
            var sums = await world.SumsAsync();
            Assert.True(new DeliverySums(6, 6, 6, 0, 0, 2, 2) == sums, $"died at call {call}: {sums}");
            if (!died)
                return;
        }
    }

    [Fact]
    public async Task Only_types_that_it_listens_for_reach_an_endpoint()
    {
        using var world = await WorldAsync(people: 1);
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, Second, endpoint => endpoint with { Events = [EventTypes.QuotaWarning] }, default);

        await world.PlanAsync();
        await world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, "k", new { quota = "validation.daily" }), default);
        await world.SettleAsync();

        Assert.Equal(["/hooks", "/third"], _receiver.Received.Where(request => request.Text.Contains("prospect.ready", StringComparison.Ordinal)).Select(request => request.Path).Order());
        Assert.Equal(["/hooks", "/second", "/third"], _receiver.Received.Where(request => request.Text.Contains("quota.warning", StringComparison.Ordinal)).Select(request => request.Path).Order());
        Assert.Equal(new DeliverySums(2, 2, 2, 0, 0, 1, 1), await world.SumsAsync());
    }

    [Fact]
    public async Task Others_are_told_when_one_is_gone()
    {
        using var world = await WorldAsync(people: 1);
        _receiver.Answers(request => request.Path == "/second" ? 410 : 200);

        await world.PlanAsync();
        await world.SettleAsync();

        var told = _receiver.Received.Where(request => request.Text.Contains("\"endpoint.disabled\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["/hooks", "/third"], told.Select(request => request.Path).Order());
        Assert.Single(told.Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.All(told, request => Assert.Contains($"\"endpointId\":\"{Second}\",\"url\"", request.Text, StringComparison.Ordinal));
        Assert.Equal(["/hooks", "/third"], _receiver.Received.Where(request => request.Text.Contains("\"delivery.dead\"", StringComparison.Ordinal)).Select(request => request.Path).Order());
    }

    private async Task<WebhooksWorld> WorldAsync(int people)
    {
        _receiver.Forget();
        var world = await WebhooksWorld.WithAsync(_receiver, people);
        await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, world.Endpoint(_receiver, Second, "/second"), default);
        await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, world.Endpoint(_receiver, Third, "/third"), default);
        return world;
    }
}
