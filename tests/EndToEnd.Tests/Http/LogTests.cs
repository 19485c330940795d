using System.Net.Http;
using System.Text.RegularExpressions;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Clay;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>The log names ids. No secret of anybody's is in it, and nobody's address: neither of what is done here, nor of what was done before.</summary>
public sealed partial class LogTests(Platform platform)
{
    [Fact]
    public async Task Log_holds_no_secret_and_no_address()
    {
        var clay = await ClaySide.NewAsync(platform);
        var key = await clay.Api.NewKeyAsync(["campaigns:read"]);
        var crm = (await clay.Api.PutAsync("crm/config", new { })).MustBe(200).Json;
        var endpoint = (await clay.Api.PostAsync("webhooks/endpoints", new { url = platform.ScriptedSink("reset"), events = new[] { "*" } })).MustBe(201).Json;
        var started = await clay.Api.StartAsync(new { name = "Logged", industry = "casino", prospects = Some.Prospects(3, "logged"), options = new { generateFor = Array.Empty<string>() } });
        await clay.Api.EndAsync(started.Text("workflowId")!);
        (await clay.ReturnAsync(new { email = "ann@logged.example", lastName = "Ann" })).MustBe(202);
        (await clay.ReturnTextAsync("{", (clay.Inbound.Text("header")!, clay.Inbound.Text("token")!))).MustBe(400);
        (await platform.With(key.Text("key") + "x").GetAsync("campaigns")).MustBe(401);
        (await clay.Api.SendAsync(HttpMethod.Delete, "suppressions/nobody@logged.example", null)).MustBe(404);
        (await clay.Api.PostAsync("validation/check", new { email = "bob@logged.example" })).MustBe(200);
        await Eventually.BecomesAsync(
            async () => (await clay.Api.GetAsync($"webhooks/deliveries?endpointId={endpoint.Text("endpointId")}")).MustBe(200).Json.List("items"), items => items.Any(one => one.Text("status") == "dead"), platform.Log);

        var log = platform.Log.Tail(2_000);

        foreach (var secret in new[] { key.Text("key"), clay.Inbound.Text("token"), crm.Text("signing.secret"), crm.Text("signing.webhookSecret"), endpoint.Text("secret") })
            Assert.DoesNotContain(secret!, log, StringComparison.Ordinal);
        Assert.Empty(Secret().Matches(log).Select(match => match.Value));
        Assert.Empty(Address().Matches(log).Select(match => match.Value));
    }

    [GeneratedRegex("po_[0-9a-hjkmnp-tv-z]{16}_[0-9a-hjkmnp-tv-z]{58}|whsec_[A-Za-z0-9+/=]{24,}|(?:clay|crm)_[0-9a-hjkmnp-tv-z]{26}_[0-9a-hjkmnp-tv-z]{20,}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.example")]
    private static partial Regex Address();
}
