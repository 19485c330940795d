using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Clay;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.EndToEnd.Tests.Sinks;

namespace ProspectOps.EndToEnd.Tests.Crm;

/// <summary>Addresses that a CRM hands over, checked and posted back.</summary>
public sealed class CrmUploadTests(Platform platform)
{
    [Fact]
    public async Task Signed_upload_is_checked_and_posted_back_by_the_crms_own_names_under_its_own_secret()
    {
        var (api, signing) = await NewAsync(new { fieldMapping = new { email = "Email", verdict = "Status__c" }, sendBack = new[] { "email", "verdict" } });
        var inbox = platform.Sink.Open();
        inbox.Secret = signing.Text("webhookSecret")!;
        var body = JsonSerializer.Serialize(new { emails = new[] { "ann@crm-casino.example", "no address", "ann+x@crm-casino.example" }, callbackUrl = inbox.Url });
        var signed = ClaySide.Sign(signing.Text("keyId")!, signing.Text("secret")!, body);

        var started = (await SendAsync(body, signed)).MustBe(202).Json;
        var again = (await SendAsync(body, signed)).MustBe(202).Json;

        Assert.Equal(started.Text("uploadId"), again.Text("uploadId"));
        Assert.Equal($"/api/crm/uploads/{started.Text("uploadId")}", started.Text("statusUrl"));
        await Eventually.IsTrueAsync(() => inbox.Received.Count >= 1, platform.Log);
        Assert.Empty(inbox.Faults);
        var told = inbox.Received.DistinctBy(one => one.Id).Single().Body;
        Assert.Equal(("crm.upload.completed", started.Text("uploadId"), "Completed", 3L), (told.Text("type"), told.Text("data.uploadId"), told.Text("data.status"), told.Number("data.total")));
        Assert.Equal(["ann@crm-casino.example", "no address", "ann+x@crm-casino.example"], told.List("data.results").Select(result => result.Text("Email")));
        Assert.Equal("undeliverable", told.List("data.results")[1].Text("Status__c"));
        var shown = (await api.GetAsync($"crm/uploads/{started.Text("uploadId")}")).MustBe(200).Json;
        Assert.Equal(("Completed", 3L, 3L, 3L), (shown.Text("status"), shown.Number("total"), shown.Number("done"), shown.Numbers("byVerdict").Values.Sum()));
    }

    [Fact]
    public async Task Upload_with_a_key_takes_a_file_too_and_sends_back_only_the_verdicts_asked_for()
    {
        var (api, signing) = await NewAsync(new { verdicts = new[] { "undeliverable" } });
        var inbox = platform.Sink.Open();
        inbox.Secret = signing.Text("webhookSecret")!;
        var uploadId = await api.UploadAsync(Encoding.UTF8.GetBytes($"email,name\n{string.Concat(Enumerable.Range(0, 650).Select(i => $"p{i}@crm-casino.example,P{i}\n"))}broken,B\n"));

        var started = (await api.PostAsync("crm/uploads", new { uploadId, callbackUrl = inbox.Url }, ("Idempotency-Key", "once"))).MustBe(202).Json;
        Assert.Equal(started.Text("uploadId"), (await api.PostAsync("crm/uploads", new { uploadId, callbackUrl = inbox.Url }, ("Idempotency-Key", "once"))).MustBe(202).Json.Text("uploadId"));

        await Eventually.IsTrueAsync(() => inbox.Received.Count >= 1, platform.Log);
        var told = inbox.Received.DistinctBy(one => one.Id).Single().Body;
        Assert.Equal(("broken", 651L, 1L), (Assert.Single(told.List("data.results")).Text("email"), told.Number("data.total"), told.Number("data.parts")));
    }

    [Fact]
    public async Task Callback_that_fails_at_first_is_tried_again_and_large_results_come_in_parts()
    {
        var (api, signing) = await NewAsync(new { });
        var inbox = platform.Sink.Open();
        inbox.Secret = signing.Text("webhookSecret")!;
        inbox.Answer = (_, nth) => nth == 1 ? new SinkAnswer(500) : SinkAnswer.Ok;
        var emails = Enumerable.Range(0, 1200).Select(i => $"p{i}@parts-casino.example").ToArray();

        (await api.PostAsync("crm/uploads", new { emails, callbackUrl = inbox.Url })).MustBe(202);

        await Eventually.IsTrueAsync(() => inbox.Received.Where(one => one.Answered == 200).DistinctBy(one => one.Id).Count() == 3, platform.Log);
        var parts = inbox.Received.DistinctBy(one => one.Id).OrderBy(one => one.Body.Number("data.part")).ToArray();
        Assert.Equal([(1L, 3L), (2L, 3L), (3L, 3L)], parts.Select(one => (one.Body.Number("data.part"), one.Body.Number("data.parts"))));
        Assert.Equal(emails, parts.SelectMany(one => one.Body.List("data.results")).Select(result => result.Text("email")));
    }

    [Fact]
    public async Task Secret_is_shown_once_and_a_new_one_on_request()
    {
        var (api, signing) = await NewAsync(new { });

        Assert.Null((await api.GetAsync("crm/config")).MustBe(200).Json.Text("signing.secret"));
        Assert.Null((await api.PutAsync("crm/config", new { })).MustBe(200).Json.Text("signing.secret"));
        var rotated = (await api.PutAsync("crm/config", new { rotateSecret = true })).MustBe(200).Json!;
        Assert.NotEqual(signing.Text("secret"), rotated.Text("signing.secret"));
        Assert.NotEqual(signing.Text("keyId"), rotated.Text("signing.keyId"));
    }

    [Fact]
    public async Task Bad_input_wrong_signatures_wrong_scopes_and_another_tenants_ids_are_refused()
    {
        var (api, signing) = await NewAsync(new { });
        var (other, _) = await NewAsync(new { });
        var inbox = platform.Sink.Open();
        var body = JsonSerializer.Serialize(new { emails = new[] { "a@crm-casino.example" }, callbackUrl = inbox.Url });
        var (keyId, secret) = (signing.Text("keyId")!, signing.Text("secret")!);

        (await SendAsync(body)).MustRefuse(401, "api_key_missing");
        (await SendAsync(body, ClaySide.Sign(keyId, "wrong", body))).MustRefuse(401, "signature_invalid");
        (await SendAsync(body, ClaySide.Sign(keyId, secret, body, DateTimeOffset.UtcNow.AddMinutes(-6)))).MustRefuse(401, "timestamp_stale");
        (await SendAsync(body + " ", ClaySide.Sign(keyId, secret, body))).MustRefuse(401, "signature_invalid");
        var clay = await ClaySide.NewAsync(platform);
        (await SendAsync(body, clay.Sign(body))).MustRefuse(401, "signature_invalid");
        (await clay.ReturnTextAsync("{}", ClaySide.Sign(keyId, secret, "{}"))).MustRefuse(401, "signature_invalid");

        (await api.PostAsync("crm/uploads", new { callbackUrl = inbox.Url })).MustRefuse(400, "validation_failed");
        (await api.PostAsync("crm/uploads", new { emails = Array.Empty<string>(), callbackUrl = inbox.Url })).MustRefuse(400, "validation_failed");
        (await api.PostAsync("crm/uploads", new { emails = new[] { "a@b.example" } })).MustRefuse(400, "validation_failed");
        (await api.PostAsync("crm/uploads", new { emails = new[] { "a@b.example" }, callbackUrl = "http://169.254.169.254/" })).MustRefuse(400, "url_not_allowed");
        (await api.PostAsync("crm/uploads", new { emails = new[] { "a@b.example" }, callbackUrl = "file:///etc/passwd" })).MustRefuse(400, "url_invalid");
        (await api.PutAsync("crm/config", new { sendBack = new[] { "secret" } })).MustRefuse(400, "validation_failed");
        (await api.PutAsync("crm/config", new { fieldMapping = new { email = "same", verdict = "same" } })).MustRefuse(400, "validation_failed");

        var uploadId = (await api.PostAsync("crm/uploads", new { emails = new[] { "a@b.example" }, callbackUrl = inbox.Url })).MustBe(202).Json.Text("uploadId");
        (await other.GetAsync($"crm/uploads/{uploadId}")).MustRefuse(404, "crm_upload_not_found");
        (await other.GetAsync("crm/uploads/x")).MustRefuse(404, "crm_upload_not_found");
        var file = await api.UploadAsync(Encoding.UTF8.GetBytes("email\na@b.example\n"));
        (await other.PostAsync("crm/uploads", new { uploadId = file, callbackUrl = inbox.Url })).MustRefuse(404, "upload_not_found");
        var reader = platform.With((await api.NewKeyAsync(["webhooks:read"])).Text("key"));
        (await reader.GetAsync("crm/config")).MustBe(200);
        (await reader.PutAsync("crm/config", new { })).MustRefuse(403, "scope_missing");
        (await reader.PostAsync("crm/uploads", new { emails = new[] { "a@b.example" }, callbackUrl = inbox.Url })).MustRefuse(403, "scope_missing");
    }

    private Task<Reply> SendAsync(string body, params (string, string)[] headers) =>
        platform.With(null).SendAsync(HttpMethod.Post, "crm/uploads", new StringContent(body, Encoding.UTF8, "application/json"), headers);

    private async Task<(ApiClient Api, JsonNode Signing)> NewAsync(object config)
    {
        var api = await platform.NewTenantAsync();
        return (api, (await api.PutAsync("crm/config", config)).MustBe(200).Json!["signing"]!);
    }
}
