using System.Text.Json;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class EventPublisherTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Event_is_posted_to_who_listens_once_however_often_it_is_published()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);

        var first = await world.Process.Publisher.PublishAsync(Completed("job_1", world), default);
        world.Start(world.Storage); // another process
        var second = await world.Process.Publisher.PublishAsync(Completed("job_1", world), default);
        await world.Process.Publisher.PublishAsync(Completed("job_2", world), default);
        await world.DrainAsync();

        Assert.Equal(first, second);
        Assert.Equal(2, _receiver.Received.Count);
        var body = JsonDocument.Parse(_receiver.Received[0].Text).RootElement;
        Assert.Equal(first, _receiver.Received[0].Headers["webhook-id"]);
        Assert.Equal("validation.job.completed", body.GetProperty("type").GetString());
        Assert.Equal("job_1", body.GetProperty("data").GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task Event_of_another_tenant_or_campaign_is_not_heard()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await world.DisableAsync("by_user");
        await world.Process.Endpoints.AddAsync(WebhooksWorld.Tenant, world.Endpoint(_receiver, "whe_01kc0000000000000000000009") with { CampaignId = "cmp_mine" }, default);

        await world.Process.Publisher.PublishAsync(Completed("job_1", world) with { Tenant = TenantId.Parse("other") }, default);
        await world.Process.Publisher.PublishAsync(Completed("job_2", world) with { CampaignId = "cmp_other" }, default);
        await world.Process.Publisher.PublishAsync(Completed("job_3", world) with { CampaignId = null }, default);
        await world.Process.Publisher.PublishAsync(Completed("job_4", world) with { CampaignId = "cmp_mine" }, default);
        await world.DrainAsync();

        Assert.Contains("job_4", Assert.Single(_receiver.Received).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_the_publisher_dies_at_the_event_is_posted_once_it_is_written_down(bool callArrives)
    {
        for (var call = 1; ; call++)
        {
            _receiver.Forget();
            using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
            var crashing = new CrashingStorage(world.Storage) { DiesAt = call, CallArrives = callArrives };
            world.Start(crashing);
            try
            {
                await world.Process.Publisher.PublishAsync(Completed("job_1", world), default);
                return; // it died at each of its calls
            }
            catch (ProcessDiedException)
            {
                world.Start(world.Storage);
            }
            await world.Process.Publisher.PublishAsync(Completed("job_1", world), default); // the step that publishes runs again
            for (var sweep = 0; sweep < 4; sweep++)
            {
                world.Clock.Pass(TimeSpan.FromSeconds(21));
                await world.Process.Publisher.SweepAsync(othersAreDead: false, default);
                await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
                await world.DrainAsync();
            }
            Assert.True(_receiver.Received.Count == 1, $"died at call {call}: posted {_receiver.Received.Count} times");
        }
    }

    private static TenantEvent Completed(string jobId, WebhooksWorld world) =>
        new(WebhooksWorld.Tenant, EventTypes.ValidationJobCompleted, jobId, new { jobId }) { CampaignId = world.Job.CampaignId };
}
