using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>Rows that a Clay table sends, into a campaign and on through the pipeline.</summary>
public sealed class ClayInboundTests(Platform platform)
{
    [Fact]
    public async Task Person_from_a_table_goes_through_the_whole_pipeline()
    {
        var side = await ClaySide.NewAsync(platform);
        var inbox = platform.Sink.Open();
        var started = await side.Api.GetAsync("workflows");

        var reply = (await side.ReturnAsync(new Dictionary<string, object?>
        {
            ["Work Email"] = "ann.lee@clay-casino.example",
            ["Full Name"] = "Ann Lee",
            ["Job Title"] = "Head of CRM",
            ["Company Name"] = "Clay Casino",
            ["Company Size"] = "51-200",
            ["Funding"] = 12.5,
            ["Tools"] = new[] { "HubSpot" },
            ["Nothing"] = null,
        })).MustBe(202).Json;

        Assert.Equal((1L, 0L, 0), (reply.Number("accepted"), reply.Number("updated"), reply.List("rejected").Count));
        var person = Assert.Single(await side.UntilAsync(people => people.Count == 1));
        Assert.Equal(("ann.lee@clay-casino.example", "Ann", "Lee", 51L), (person.Text("prospect.email"), person.Text("prospect.firstName"), person.Text("prospect.lastName"), person.Number("prospect.employees")));
        Assert.Equal(("12.5", "[\"HubSpot\"]"), (person["prospect"]!["custom"]!.AsObject()["Funding"]!.GetValue<string>(), person["prospect"]!["custom"]!.AsObject()["Tools"]!.GetValue<string>()));
        Assert.NotNull(person["validation"]);
        var workflow = Assert.Single(await side.Api.AllAsync("workflows", 50), one => one.Text("kind") == "clay_inbound");
        workflow = await side.Api.EndAsync(workflow.Text("workflowId")!);
        Assert.Equal(("Completed", 1L, 1L, 1L), (workflow.Text("status"), workflow.Number("counts.received"), workflow.Number("counts.analyzed"), workflow.Number("counts.delivered")));
        Assert.Equal(1, (await side.Api.GetAsync($"campaigns/{side.CampaignId}")).MustBe(200).Json.Number("counts.prospects"));
    }

    [Fact]
    public async Task Same_row_and_content_counts_once_and_other_content_updates_the_person()
    {
        var side = await ClaySide.NewAsync(platform);
        var row = new { po_row_id = "my-row-1", email = "bo@clay-casino.example", lastName = "Bo", company = "Clay Casino", title = "Office Assistant" };

        Assert.Equal((1L, 0L), Counts(await side.ReturnAsync(row)));
        Assert.Equal((0L, 0L), Counts(await side.ReturnAsync(row)));
        var before = Assert.Single(await side.UntilAsync(people => people.Count == 1));
        Assert.Equal((0L, 0L), Counts(await side.ReturnAsync(new[] { row, row })));
        Assert.Equal((0L, 1L), Counts(await side.ReturnAsync(row with { title = "Chief Marketing Officer" })));
        var after = Assert.Single(await side.UntilAsync(people => people.Any(person => person.Text("prospect.title") == "Chief Marketing Officer")));

        Assert.Equal(before.Text("prospectKey"), after.Text("prospectKey"));
        Assert.NotEqual(before.Number("analysis.score"), after.Number("analysis.score"));
        await EndedAsync(side, 2);
        var counts = (await side.Api.GetAsync($"campaigns/{side.CampaignId}")).MustBe(200).Json!;
        Assert.Equal((1L, 1L, 1L), (counts.Number("counts.prospects"), counts.Numbers("counts.byTier").Values.Sum(), counts.Number("counts.delivered")));
        Assert.Equal(1, counts.Numbers("counts.byValidation").Values.Sum());
    }

    [Fact]
    public async Task Listener_is_told_of_who_joined_and_of_nobody_else()
    {
        var people = Some.Prospects(30, "told");
        var inbox = platform.Sink.Open();
        var api = await platform.NewTenantAsync();
        var started = await api.StartAsync(new { name = "Told", industry = "casino", prospects = people, options = new { deliverTo = inbox.DeliverTo } });
        await api.EndAsync(started.Text("workflowId")!);
        var blueprint = (await api.PostAsync("clay/setup-tables", new { campaignId = started.Text("campaignId"), industry = "casino" })).MustBe(200).Json!;
        var side = new ClaySide(api, platform, blueprint);
        var told = inbox.Received.Count;

        (await side.ReturnAsync(new[] { new { email = "new.one@told-new.example", lastName = "New", company = "Told New", title = "" }, new { email = "person3@told-casino3.example", lastName = "Last3", company = "told Casino 3", title = "Chief Marketing Officer" } })).MustBe(202);
        await Eventually.IsTrueAsync(() => inbox.Received.Count >= told + 2, platform.Log);
        await EndedAsync(side, 1);

        Assert.Empty(inbox.Faults);
        Assert.Equal(["New", "Last3"], inbox.Received.Skip(told).Select(one => one.Body.Text("data.prospect.lastName")).OrderDescending());
        Assert.All(inbox.Received.Skip(told), one => Assert.Equal("prospect.ready", one.Type));
        var campaign = (await api.GetAsync($"campaigns/{side.CampaignId}")).MustBe(200).Json!;
        Assert.Equal((31L, 31L, 31L, "completed"), (campaign.Number("counts.prospects"), campaign.Numbers("counts.byTier").Values.Sum(), campaign.Number("counts.delivered"), campaign.Text("status")));
    }

    [Fact]
    public async Task Address_found_for_a_person_without_one_keeps_them_the_same_person()
    {
        var side = await ClaySide.NewAsync(platform);
        Assert.Equal((1L, 0L), Counts(await side.ReturnAsync(new { po_row_id = "r1", lastName = "Cole", firstName = "Cy", company = "Clay Casino" })));
        await side.UntilAsync(people => people.Count == 1);

        Assert.Equal((0L, 1L), Counts(await side.ReturnAsync(new { po_row_id = "r1", email = "cy.cole@clay-casino.example" })));
        var found = Assert.Single(await side.UntilAsync(people => people.Any(person => person.Text("prospect.email") is not null)));
        Assert.Equal("Cole", found.Text("prospect.lastName"));
        Assert.Equal((0L, 1L), Counts(await side.ReturnAsync(new { email = "cy.cole@clay-casino.example", title = "Head of CRM" })));
        Assert.Single(await side.UntilAsync(people => people.Any(person => person.Text("prospect.title") == "Head of CRM")));
    }

    [Fact]
    public async Task Each_bad_row_is_rejected_alone()
    {
        var side = await ClaySide.NewAsync(platform);
        var body = $$"""
            [{"email":"dan@clay-casino.example"}, 7, null, [], "text", {"firstName":"Nobody"}, {"email":"\ud800"}, {"po_row_id":"{{new string('x', 201)}}","email":"e@clay-casino.example"},
             {"lastName":"{{new string('y', 201)}}","company":"C"}, {"email":"no address","lastName":"Z","company":"Z"}, {}, {"email":"eve@clay-casino.example","=cmd|'/c calc'!A1":"=1+1","__proto__":"x","constructor":{"a":1} }]
            """;

        var reply = (await side.ReturnTextAsync(body, ("x-clay-webhook-auth", side.Inbound.Text("token")!))).MustBe(202).Json;

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8, 10], reply.List("rejected").Select(one => one.Number("index")));
        Assert.All(reply.List("rejected"), one => Assert.False(string.IsNullOrWhiteSpace(one.Text("reason"))));
        Assert.Equal(3, reply.Number("accepted"));
        Assert.Equal(2, (await side.UntilAsync(people => people.Count == 2)).Count);
    }

    [Fact]
    public async Task Signed_row_is_taken_and_what_is_wrong_with_a_signature_is_refused()
    {
        var side = await ClaySide.NewAsync(platform);
        const string body = """{"email":"fay@clay-casino.example"}""";
        var signed = side.Sign(body);

        Assert.Equal((1L, 0L), Counts(await side.ReturnTextAsync(body, signed)));
        Assert.Equal((0L, 0L), Counts(await side.ReturnTextAsync(body, signed)));
        Assert.Equal((0L, 0L), Counts(await side.ReturnTextAsync(body, side.Sign(body, secret: side.Inbound.Text("token")))));
        (await side.ReturnTextAsync(body)).MustRefuse(401, "signature_missing");
        (await side.ReturnTextAsync(body + " ", signed)).MustRefuse(401, "signature_invalid");
        (await side.ReturnTextAsync(body, side.Sign(body, secret: "wrong"))).MustRefuse(401, "signature_invalid");
        (await side.ReturnTextAsync(body, side.Sign(body, DateTimeOffset.UtcNow.AddMinutes(-6)))).MustRefuse(401, "timestamp_stale");
        (await side.ReturnTextAsync(body, side.Sign(body, DateTimeOffset.UtcNow.AddMinutes(6)))).MustRefuse(401, "timestamp_stale");
        (await side.ReturnTextAsync(body, signed[0], signed[2])).MustRefuse(401, "timestamp_stale");
        (await side.ReturnTextAsync(body, signed[1], signed[2])).MustRefuse(401, "signature_invalid");
        (await side.ReturnTextAsync(body, ("x-clay-webhook-auth", "clay_" + new string('0', 26) + "_" + new string('0', 52)))).MustRefuse(401, "signature_invalid");
        (await side.ReturnTextAsync(body, ("x-clay-webhook-auth", side.Inbound.Text("token")! + "0"))).MustRefuse(401, "signature_invalid");
        (await side.ReturnTextAsync(body, ("x-clay-webhook-auth", "x"))).MustRefuse(401, "signature_invalid");
    }

    [Fact]
    public async Task Request_that_is_too_much_is_refused_whole()
    {
        var side = await ClaySide.NewAsync(platform);
        var token = ("x-clay-webhook-auth", side.Inbound.Text("token")!);

        (await side.ReturnTextAsync($"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]", token)).MustRefuse(400, "validation_failed");
        (await side.ReturnTextAsync("{\"notes\":\"" + new string('x', 1024 * 1024) + "\"}", token)).MustRefuse(413, "body_too_large");
        (await side.ReturnTextAsync("{\"email\":", token)).MustRefuse(400, "json_invalid");
        (await side.ReturnTextAsync("7", token)).MustRefuse(400, "json_invalid");
        (await side.ReturnTextAsync(new string('[', 50) + new string(']', 50), token)).MustRefuse(400, "json_invalid");
        Assert.Equal((0L, 0L), Counts(await side.ReturnTextAsync("[]", token)));
    }

    [Fact]
    public async Task Thousand_rows_at_once_and_two_senders_of_the_same_come_to_a_thousand_people()
    {
        var side = await ClaySide.NewAsync(platform);
        var rows = Enumerable.Range(0, 300).Select(i => new { po_row_id = $"r{i}", email = $"p{i}@many-casino.example", lastName = $"L{i}", company = "Many" }).ToArray();

        var replies = await Task.WhenAll(side.ReturnAsync(rows), side.ReturnAsync(rows));

        Assert.Equal(300, replies.Sum(reply => reply.MustBe(202).Json.Number("accepted")));
        Assert.Equal(0, replies.Sum(reply => reply.Json.Number("updated")));
        Assert.Equal(300, (await side.UntilAsync(people => people.Count >= 300)).Count);
    }

    [Fact]
    public async Task New_token_takes_the_place_of_the_old_one_which_works_for_a_day()
    {
        var side = await ClaySide.NewAsync(platform);
        var again = (await side.Api.PostAsync("clay/setup-tables", new { campaignId = side.CampaignId })).MustBe(200).Json!;

        Assert.NotEqual(side.Inbound.Text("token"), again.Text("inbound.token"));
        Assert.Equal((1L, 0L), Counts(await side.ReturnAsync(new { email = "gus@clay-casino.example" })));
        Assert.Equal((0L, 0L), Counts(await (side with { Blueprint = again }).ReturnAsync(new { email = "gus@clay-casino.example" })));
    }

    private static (long, long) Counts(Reply reply)
    {
        reply.MustBe(202);
        Assert.Empty(reply.Json.List("rejected"));
        return (reply.Json.Number("accepted"), reply.Json.Number("updated"));
    }

    /// <summary>Waits until so many inbound workflows are there, and all are over.</summary>
    private static async Task EndedAsync(ClaySide side, int workflows)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var own = (await side.Api.AllAsync("workflows", 200)).Where(one => one.Text("kind") == "clay_inbound" && one.Text("campaignId") == side.CampaignId).ToArray();
            if (own.Length >= workflows && own.All(one => one.Text("status") == "Completed"))
                return;
            Assert.True(started.Elapsed < Patience.Usual, $"{own.Length} workflows: {string.Join(' ', own.Select(one => one.ToJsonString()))}");
            await Task.Delay(100);
        }
    }
}
