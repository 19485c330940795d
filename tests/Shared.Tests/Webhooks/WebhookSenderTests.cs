using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Signing;
using ProspectOps.Testing;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class WebhookSenderTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly WebhookSecret _secret = WebhookSecret.New();
    private readonly PlannedEvent _event = new("evt_1", "prs_1", """{"type":"prospect.ready","data":{"name":"Zoë"}}""");
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Event_is_posted_byte_for_byte_and_signed()
    {
        var result = await PostAsync();
        var request = Assert.Single(_receiver.Received);

        Assert.Equal((204, null), (result.Status, result.Failure));
        Assert.Equal(_clock.Now, result.At);
        Assert.Equal(("POST", "/hooks?a=b"), (request.Method, request.Path));
        Assert.Equal(_event.Body, request.Text);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("evt_1", request.Headers["webhook-id"]);
        Assert.Equal(_clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), request.Headers["webhook-timestamp"]);
        Assert.Equal(Signature(request), request.Headers["webhook-signature"]);
        Assert.DoesNotContain("traceparent", request.Headers.Keys);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_is_answered_but_not_followed(int status)
    {
        _receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        var result = await PostAsync();

        Assert.Equal(status, result.Status);
        Assert.Single(_receiver.Received);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("Sat, 31 Jan 2026 09:02:00 GMT", 120)]
    [InlineData("Sat, 31 Jan 2026 08:00:00 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("2147483647", 2147483647)]
    [InlineData("99999999999999999999", null)]
    [InlineData("5, 10", null)]
    public async Task Retry_after_is_read_as_seconds_or_as_a_time(string header, int? seconds)
    {
        _receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        };

        var result = await PostAsync();

        Assert.Equal(503, result.Status);
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, result.RetryAfter);
    }

    [Fact]
    public async Task Answer_without_end_is_not_read_to_its_end()
    {
        _receiver.Answer = async (http, _) =>
        {
            var block = new byte[4096];
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(block);
        };

        var result = await PostAsync();

        // Else it would be no answer within 15 s.
        Assert.Equal((200, null), (result.Status, result.Failure));
    }

    [Fact]
    public async Task Receiver_that_hangs_is_left_after_fifteen_seconds()
    {
        _receiver.Answer = (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted);

        var result = await PostAsync();

        Assert.Null(result.Status);
        Assert.Equal("no answer within 15 s", result.Failure);
        Assert.True(result.LatencyMs >= 14_000, $"It was left after {result.LatencyMs} ms.");
    }

    [Fact]
    public async Task Caller_who_stops_is_not_a_failed_attempt()
    {
        using var stop = new CancellationTokenSource();
        _receiver.Answer = async (http, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        using var sender = Sender(new WebhooksOptions { AllowPrivateNetworks = true });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.PostAsync(Endpoint(_receiver.Url), _event, stop.Token));
    }

    [Fact]
    public async Task Connection_that_breaks_is_a_failure_without_a_status()
    {
        _receiver.Answer = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        var result = await PostAsync();

        Assert.Null(result.Status);
        Assert.NotNull(result.Failure);
    }

    [Fact]
    public async Task Answer_that_breaks_off_is_a_failure_without_a_status()
    {
        _receiver.Answer = async (http, _) =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.Body.WriteAsync(new byte[10]);
            await http.Response.Body.FlushAsync();
            http.Abort();
        };

        var result = await PostAsync();

        Assert.Null(result.Status);
        Assert.NotNull(result.Failure);
    }

    [Fact]
    public async Task Nobody_listening_is_a_connection_refused()
    {
        using var sender = Sender(new WebhooksOptions { AllowPrivateNetworks = true });

        var result = await sender.PostAsync(Endpoint(new Uri($"http://127.0.0.1:{FreePorts.Take(1)}/")), _event, default);

        Assert.Equal((null, "the connection was refused"), (result.Status, result.Failure));
    }

    [Fact]
    public async Task Name_that_leads_inside_is_refused_when_it_is_connected_to()
    {
        using var sender = Sender(new WebhooksOptions());

        var byAddress = await sender.PostAsync(Endpoint(_receiver.Url), _event, default);
        var byName = await sender.PostAsync(Endpoint(new Uri($"http://localhost:{_receiver.Url.Port}/")), _event, default);

        Assert.Equal((null, "the address is inside a private network"), (byAddress.Status, byAddress.Failure));
        Assert.Equal((null, "the address is inside a private network"), (byName.Status, byName.Failure));
        Assert.Empty(_receiver.Received);
    }

    [Fact]
    public async Task Lifted_address_is_connected_to()
    {
        using var sender = Sender(new WebhooksOptions { AllowedAddresses = [$"127.0.0.1:{_receiver.Url.Port}"] });

        var result = await sender.PostAsync(Endpoint(_receiver.Url), _event, default);

        Assert.Equal(204, result.Status);
    }

    private async Task<AttemptResult> PostAsync()
    {
        using var sender = Sender(new WebhooksOptions { AllowPrivateNetworks = true });
        return await sender.PostAsync(Endpoint(new Uri(_receiver.Url, "/hooks?a=b")), _event, default);
    }

    private WebhookSender Sender(WebhooksOptions options) => new(new PrivateNetworkGuard(Options.Create(options)), Options.Create(options), _clock);

    private WebhookEndpoint Endpoint(Uri url) => new() { EndpointId = "whe_1", Url = url, Secret = _secret.Text, CreatedAt = _clock.Now };

    // By the specification's own words, with nothing of the product's.
    private string Signature(ReceivedRequest request)
    {
        var key = Convert.FromBase64String(_secret.Text["whsec_".Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}."), .. request.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
