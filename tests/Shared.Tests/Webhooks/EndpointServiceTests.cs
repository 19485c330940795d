using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Signing;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class EndpointServiceTests : IAsyncLifetime
{
    private const string Seed = "01kc0000000000000000000005";

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task New_endpoint_is_challenged_and_what_happened_meanwhile_goes_out_when_it_answers()
    {
        using var world = await WorldAsync();
        var isThere = false;
        _receiver.Answers(_ => isThere ? 200 : 404);

        var endpoint = await CreateAsync(world);
        await world.Process.Handler.HandleAsync(world.Take(), default);
        await PublishAsync(world, "while pending");
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);
        var meanwhile = _receiver.Received.Select(request => request.Text).ToArray();
        var status = (await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!.Status;
        isThere = true;
        await world.SettleAsync();

        Assert.Equal((EndpointStatus.Pending, EndpointStatus.Pending), (endpoint.Status, status));
        Assert.Contains("endpoint.challenge", Assert.Single(meanwhile), StringComparison.Ordinal);
        Assert.Equal(EndpointStatus.Active, (await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!.Status);
        Assert.Contains(_receiver.Received, request => request.Text.Contains("while pending", StringComparison.Ordinal));
        Assert.Equal(3, _receiver.Received.Count);
    }

    [Fact]
    public async Task Endpoint_that_never_answers_its_challenge_is_disabled_and_challenged_again_when_enabled()
    {
        using var world = await WorldAsync();
        _receiver.Answers(_ => 500);
        var endpoint = await CreateAsync(world);

        await world.SettleAsync();
        var disabled = (await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!;
        _receiver.Answers(_ => 204);
        var enabled = await world.Process.Service.EnableAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default);
        await world.SettleAsync();

        Assert.Equal((EndpointStatus.Disabled, "unverified"), (disabled.Status, disabled.DisabledReason));
        Assert.Equal(EndpointStatus.Pending, enabled.Status);
        Assert.Equal(9, _receiver.Received.Count);
        Assert.True((await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!.IsActive);
        Assert.Empty(await world.LettersAsync());
    }

    [Fact]
    public async Task Endpoint_whose_every_attempt_failed_for_five_days_is_disabled_and_starts_again_when_enabled()
    {
        using var world = await WorldAsync();
        var endpoint = await CreateAsync(world);
        await world.SettleAsync();
        _receiver.Answers(_ => 500);

        for (var day = 0; day < 6; day++)
        {
            await PublishAsync(world, $"day {day}");
            await world.Process.Handler.HandleAsync(world.Take(), default);
            world.Clock.Pass(TimeSpan.FromDays(1));
        }
        var disabled = (await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!;
        _receiver.Answers(_ => 200);
        var enabled = await world.Process.Service.EnableAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default);

        Assert.Equal("failing", disabled.DisabledReason);
        Assert.Equal(EndpointStatus.Active, enabled.Status);
        Assert.Null(enabled.FailingSince);
    }

    [Fact]
    public async Task One_success_ends_the_failing()
    {
        using var world = await WorldAsync();
        var endpoint = await CreateAsync(world);
        await world.SettleAsync();

        foreach (var (day, status) in new[] { 500, 500, 200, 500, 500, 500 }.Select((status, day) => (day, status)))
        {
            _receiver.Answers(_ => status);
            await PublishAsync(world, $"day {day}");
            await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);
            world.Clock.Pass(TimeSpan.FromDays(1));
        }

        Assert.True((await world.Process.Endpoints.ReadAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default))!.IsActive);
    }

    [Fact]
    public async Task Both_secrets_sign_until_the_grace_is_over()
    {
        using var world = await WorldAsync();
        var endpoint = await CreateAsync(world);
        await world.SettleAsync();

        var rotated = await world.Process.Service.RotateAsync(WebhooksWorld.Tenant, endpoint.EndpointId, TimeSpan.FromHours(1), default);
        await PublishAsync(world, "in the grace");
        await world.SettleAsync();
        var inGrace = _receiver.Received[^1];
        world.Clock.Pass(TimeSpan.FromHours(2));
        await PublishAsync(world, "after");
        await world.SettleAsync();
        var after = _receiver.Received[^1];

        Assert.NotEqual(endpoint.Secret, rotated.Secret);
        Assert.Equal([Signature(rotated.Secret, inGrace), Signature(endpoint.Secret, inGrace)], inGrace.Headers["webhook-signature"].Split(' '));
        Assert.Equal(2, inGrace.Headers["x-prospectops-signature"].Split(",v1=").Length - 1);
        Assert.Equal(Signature(rotated.Secret, after), after.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task Deleted_endpoint_gets_nothing_more_and_leaves_no_dead_letters()
    {
        using var world = await WorldAsync();
        var endpoint = await CreateAsync(world);
        await world.SettleAsync();
        _receiver.Answers(_ => 500);
        await PublishAsync(world, "fails");
        await world.Process.Handler.HandleAsync(world.Take(), default);
        var asked = _receiver.Received.Count;

        await world.Process.Service.DeleteAsync(WebhooksWorld.Tenant, endpoint.EndpointId, default);
        await world.SettleAsync();
        var delivery = (await world.Process.Reader.ListAsync(WebhooksWorld.Tenant, endpoint.EndpointId, "dead", "", 10, default)).Items.Single();

        Assert.Equal(asked, _receiver.Received.Count);
        Assert.Equal("the endpoint was deleted", delivery.Cause);
        Assert.Empty(await world.LettersAsync());
        Assert.Empty(await world.DueAsync());
    }

    [Fact]
    public async Task New_host_is_challenged_as_a_new_endpoint_is()
    {
        using var world = await WorldAsync();
        var endpoint = await CreateAsync(world);
        await world.SettleAsync();

        var moved = await world.Process.Service.ChangeAsync(WebhooksWorld.Tenant, endpoint.EndpointId, new EndpointChange { Url = new Uri(_receiver.Url, "/other").AbsoluteUri }, default);
        var elsewhere = await world.Process.Service.ChangeAsync(WebhooksWorld.Tenant, endpoint.EndpointId, new EndpointChange { Url = "http://localhost:9/" }, default);

        Assert.Equal((EndpointStatus.Active, EndpointStatus.Pending), (moved.Status, elsewhere.Status));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-LENGTH")]
    [InlineData("webhook-id")]
    [InlineData("webhook-signature")]
    [InlineData("x-prospectops-signature")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Cookie")]
    [InlineData("X-Forwarded-For")]
    [InlineData("bad name")]
    [InlineData("")]
    public void Header_that_is_ours_or_the_connections_is_refused(string name)
    {
        var refusal = Assert.Throws<DomainException>(() => EndpointCheck.Check(
            new EndpointChange { Url = "https://example.com/", Events = ["*"], Headers = new Dictionary<string, string> { [name] = "x" } }, isNew: true));

        Assert.Contains($"headers.{name}", refusal.Error.Errors!.Keys);
    }

    [Fact]
    public void Header_value_cannot_begin_a_line_of_its_own() =>
        Assert.Throws<DomainException>(() => EndpointCheck.Check(
            new EndpointChange { Url = "https://example.com/", Events = ["*"], Headers = new Dictionary<string, string> { ["x-a"] = "1\r\nx-b: 2" } }, isNew: true));

    private async Task<WebhooksWorld> WorldAsync()
    {
        var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        await world.Process.Endpoints.DeleteAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, default);
        return world;
    }

    private Task<WebhookEndpoint> CreateAsync(WebhooksWorld world) =>
        world.Process.Service.CreateAsync(WebhooksWorld.Tenant, new EndpointChange { Url = new Uri(_receiver.Url, "/hooks").AbsoluteUri, Events = ["*"] }, Seed, default);

    private static Task<string> PublishAsync(WebhooksWorld world, string what) =>
        world.Process.Publisher.PublishAsync(new TenantEvent(WebhooksWorld.Tenant, EventTypes.QuotaWarning, what, new { what }), default);

    private static string Signature(string secret, ReceivedRequest request)
    {
        Assert.True(WebhookSecret.TryParse(secret, out var key));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture));
        return key!.Sign(request.Headers["webhook-id"], at, request.Body);
    }
}
