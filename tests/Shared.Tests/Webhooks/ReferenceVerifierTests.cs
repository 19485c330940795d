using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Signing;
using ProspectOps.Testing;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>What we sign, checked by the reference library of Standard Webhooks (npm <c>standardwebhooks</c>) and by Node's own cryptography.</summary>
public sealed class ReferenceVerifierTests
{
    private static readonly string[] Bodies = ["{\"test\": 2432232314}", "{}", "{\"name\":\"Zoë 🎲 Žižek\",\"nul\":\"\\u0000\"}", $"{{\"x\":\"{new string('x', 100_000)}\"}}"];

    [Fact]
    public async Task Every_signature_is_taken_and_every_forgery_refused()
    {
        var now = DateTimeOffset.UtcNow;
        var (secret, previous, keys) = (WebhookSecret.New().Text, WebhookSecret.New().Text, WebhookKeyPair.New());
        var checks = new List<object>();
        var expected = new List<bool>();
        foreach (var body in Bodies)
        {
            var symmetric = Headers(Endpoint(secret), body, now);
            Add("standard", secret, symmetric, body, true);
            Add("timestamped", secret, symmetric, body, true);
            Add("standard", previous, symmetric, body, false);
            Add("standard", secret, symmetric, body + " ", false);
            Add("timestamped", secret, symmetric, body + " ", false);
            Add("standard", secret, Headers(Endpoint(secret), body, now.AddMinutes(-6)), body, false);

            var rotating = Headers(Endpoint(secret) with { PreviousSecret = previous, PreviousSecretUntil = now.AddHours(1) }, body, now);
            foreach (var either in new[] { secret, previous })
            {
                Add("standard", either, rotating, body, true);
                Add("timestamped", either, rotating, body, true);
            }
            Add("standard", previous, Headers(Endpoint(secret) with { PreviousSecret = previous, PreviousSecretUntil = now.AddSeconds(-1) }, body, now), body, false);

            var asymmetric = Headers(Endpoint(keys.Text), body, now);
            Add("ed25519", keys.PublicText, asymmetric, body, true);
            Add("ed25519", WebhookKeyPair.New().PublicText, asymmetric, body, false);
            Add("ed25519", keys.PublicText, asymmetric, body + " ", false);
            Assert.False(asymmetric.ContainsKey(WebhookSignatures.SecondHeader));
        }

        var results = await RunAsync(checks);

        Assert.Equal(expected, results.Select(result => result == "ok"));

        void Add(string kind, string key, Dictionary<string, string> headers, string body, bool isGood)
        {
            checks.Add(new { kind, secret = key, headers, body });
            expected.Add(isGood);
        }
    }

    [Fact]
    public async Task Signature_is_that_of_the_reference_to_the_letter()
    {
        // The values of the library's own tests.
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var headers = new Dictionary<string, string> { ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek", ["webhook-timestamp"] = "1614265330" };
        Assert.True(WebhookSecret.TryParse(Secret, out var secret));

        var theirs = await RunAsync([.. Bodies.Select(body => new { kind = "sign", secret = Secret, headers, body })]);

        Assert.Equal(theirs, Bodies.Select(body => secret!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes(body))));
    }

    private static WebhookEndpoint Endpoint(string secret) => new() { EndpointId = "whe_1", Url = new Uri("https://example.com/"), Secret = secret, CreatedAt = default };

    private static Dictionary<string, string> Headers(WebhookEndpoint endpoint, string body, DateTimeOffset at) =>
        WebhookSignatures.Of(endpoint, "evt_1", at, Encoding.UTF8.GetBytes(body)).ToDictionary();

    private static async Task<string[]> RunAsync(IReadOnlyList<object> checks)
    {
        var script = Path.Combine(RepositoryRoot.Path, "tests", "Shared.Tests", "Webhooks", "Reference", "verify.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, RepositoryRoot.Path]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(checks));
        node.StandardInput.Close();
        var reading = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        var (answer, fault) = (await reading.Item1, await reading.Item2);
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, fault);
        return JsonSerializer.Deserialize<string[]>(answer)!;
    }
}
