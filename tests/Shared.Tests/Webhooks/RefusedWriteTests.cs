using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Json;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>Writes that the store refuses, or whose answer is lost, and what two processes do between each other's calls.</summary>
public sealed class RefusedWriteTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Secret_in_its_grace_stays_though_the_answer_to_its_rotation_is_lost()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        var meddled = new MeddledStorage(world.Storage);
        world.Start(meddled);
        meddled.Once(call => call is { Place: "WebhookEndpoints", Operation: "replace" }, CallFate.IsAskedTwice);

        var rotated = await world.Process.Service.RotateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, TimeSpan.FromHours(24), default);

        Assert.Equal(world.Secret.Text, rotated.PreviousSecret);
        Assert.Equal(rotated.Secret, (await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default))!.Secret);
        Assert.NotEqual(world.Secret.Text, rotated.Secret);
    }

    [Fact]
    public async Task Delivery_that_is_held_at_the_moment_at_which_its_endpoint_is_verified_goes_out()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.Process.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { IsVerified = false }, default);
        await world.PlanAsync();
        var meddled = new MeddledStorage(world.Storage);
        using var other = new DeliveringProcess(world.Storage, world.Options, world.Clock);
        world.Start(meddled);
        // The endpoint is read as not verified; before the batch is put off for that, the answer to the challenge comes, and what waits is released.
        meddled.Once(call => call is { Place: "Deliveries", Operation: "replace" }, CallFate.Arrives, async () =>
        {
            await other.Endpoints.UpdateAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, endpoint => endpoint with { IsVerified = true }, default);
            await other.Work.HandleAsync(EndpointWorkMessage.Release(WebhooksWorld.Tenant, WebhooksWorld.EndpointId), default);
        });

        await world.Process.Handler.HandleAsync(world.Take(), default);
        await world.WorkAsync();
        world.Clock.Pass(TimeSpan.FromSeconds(6));
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);

        Assert.Equal(2, _receiver.Received.Count);
    }

    [Fact]
    public async Task Release_that_comes_while_somebody_else_writes_the_batch_comes_again()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.Process.Service.SetWindowsAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, [new MaintenanceWindow(world.Clock.Now.AddHours(-1), world.Clock.Now.AddHours(3))], default);
        await world.WorkAsync();
        await world.PlanAsync();
        await world.Process.Handler.HandleAsync(world.Take(), default);
        var meddled = new MeddledStorage(world.Storage);
        using var other = new DeliveringProcess(world.Storage, world.Options, world.Clock);
        world.Start(meddled);
        meddled.Once(call => call is { Place: "Deliveries", Operation: "replace" }, CallFate.Arrives, async () =>
            await other.Deliveries.TryReplaceAsync(await world.BatchAsync() with { Faults = 1 }, default));

        await world.Process.Service.SetWindowsAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, [], default);
        await world.WorkAsync();
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);

        Assert.Equal(2, _receiver.Received.Count);
    }

    [Fact]
    public async Task Log_of_a_batch_that_another_wrote_is_not_written_over_however_large_it_is()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 5);
        _receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(12_000)));
        };
        await world.PlanAsync();
        await world.Process.Handler.HandleAsync(world.Take(), default);
        var stale = await world.BatchAsync();
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message with { Turn = stale.Turn }, default);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);
        var known = await world.BatchAsync();

        var replaced = await world.Process.Deliveries.TryReplaceAsync(stale with { Faults = 7 }, default);

        Assert.Null(replaced);
        Assert.All(known.Log, delivery => Assert.Equal(2, delivery.Attempts.Count));
        Assert.All((await world.BatchAsync()).Log, delivery => Assert.Equal(2, delivery.Attempts.Count));
        Assert.Equal(1, ((ProspectOps.Platform.Storage.InMemoryBlobs)world.Storage.Blobs("webhook-answers")).CountOf(""));
    }

    [Fact]
    public async Task Work_that_was_given_up_is_begun_again_and_what_is_none_is_dropped()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, "one", new { }), default);
        await world.SettleAsync();
        var plan = await world.Process.Replays.StartAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, world.Clock.Now.AddHours(-1), isDryRun: false, "01kc0000000000000000000007", default);
        world.ForgetWork();
        var message = EndpointWorkMessage.Replay(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, plan.ReplayId!);

        Assert.Equal(message, await world.Process.Work.BeginAgainAsync(JsonSerializer.SerializeToUtf8Bytes(message, JsonDefaults.Options), default));
        Assert.Null(await world.Process.Work.BeginAgainAsync([0xFF, 0x00], default));
        Assert.Null(await world.Process.Work.BeginAgainAsync("{\"tenantId\":\"a|b\",\"endpointId\":\"x\",\"kind\":\"Replay\",\"v\":1}"u8.ToArray(), default));
        await world.SettleAsync();

        Assert.Equal(2, _receiver.Received.Count);
    }

    [Fact]
    public void Clock_that_is_put_back_makes_no_endpoint_wait()
    {
        var clock = new FakeClock();
        using var turn = new EndpointTurn(1, clock);
        Assert.True(turn.TryTakeRate(2, TimeSpan.FromSeconds(2), out _));

        clock.Pass(TimeSpan.FromHours(-1));

        Assert.True(turn.TryTakeRate(2, TimeSpan.FromSeconds(2), out _));
    }

    [Fact]
    public async Task Nothing_more_is_posted_once_answers_cannot_be_written_down()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 10, new WebhooksOptions { AllowPrivateNetworks = true, ConcurrencyPerEndpoint = 1 });
        await world.PlanAsync();
        var meddled = new MeddledStorage(world.Storage);
        world.Start(meddled);
        var replaces = 0;
        // The first is the claim.
        meddled.Meddle = call => Task.FromResult(call is { Place: "Deliveries", Operation: "replace" } && Interlocked.Increment(ref replaces) > 1 ? CallFate.Fails : CallFate.Arrives);
        // One is answered; the one behind it waits until nobody waits for it.
        _receiver.Answer = (http, _) =>
        {
            var abandoned = new TaskCompletionSource();
            http.RequestAborted.Register(abandoned.SetResult);
            return _receiver.Received.Count == 1 ? Task.CompletedTask : abandoned.Task;
        };

        await Assert.ThrowsAsync<IOException>(() => world.Process.Handler.HandleAsync(world.Take(), default));

        Assert.Equal(2, _receiver.Received.Count);
    }
}
