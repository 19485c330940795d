using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.EndToEnd.Tests.Sinks;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>The app is killed where it stands, again and again; what comes out is what an undisturbed run gives.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int People = 300;
    private const int Duplicates = 20;
    private const int Nobodies = 8;
    private const int Unparsable = People / 25;
    private const int Analyzed = People - Unparsable;
    private const int Seed = 20_260;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(60);
    private static readonly SinkAnswer Quick = new(200, TimeSpan.FromMilliseconds(60));
    private static readonly SinkAnswer Late = new(200, TimeSpan.FromSeconds(3));

    /// <summary>Where it is killed: from how much of a stage that is done, or of the people that were told of. 0 is as soon as it begins.</summary>
    private static readonly (string Stage, double From)[] Plan =
    [
        ("research", 0), ("research", 0),
        ("validate", 0), ("validate", 0.2), ("validate", 0.5), ("validate", 0.8),
        ("analyze", 0), ("analyze", 0.2), ("analyze", 0.5), ("analyze", 0.8),
        ("generate", 0), ("generate", 0.2), ("generate", 0.5), ("generate", 0.8),
        ("deliver", 0), ("deliver", 0.01), ("deliver", 0.15), ("deliver", 0.3), ("deliver", 0.5), ("deliver", 0.75),
    ];

    [Fact]
    public async Task Pipeline_killed_twenty_times_is_as_if_it_had_not_been()
    {
        var clock = Stopwatch.StartNew();
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var undisturbed = await RunAsync(platform, (_, _) => Task.CompletedTask);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s: the undisturbed run is over");

        // Few at once, so that a stage lasts long enough to be killed in.
        platform.Settings["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"] = "3";
        await platform.App.DisposeAsync();
        await platform.StartAppAsync();
        var killed = new List<string>();
        var disturbed = await RunAsync(platform, (workflowId, inbox) => KillAsync(platform, workflowId, inbox, killed));
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s: killed at {string.Join(" · ", killed)}");

        Assert.Equal(20, killed.Count);
        Assert.All(Plan, plan => Assert.Contains(killed, moment => moment.StartsWith(plan.Stage, StringComparison.Ordinal)));
        AssertSame(undisturbed, disturbed, platform);
    }

    [Fact]
    public async Task Deliveries_go_on_at_once_though_the_app_is_killed_twice_in_a_row()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var inbox = platform.Sink.Open();
        var api = platform.Operator;
        AnswerFew(200);
        var workflowId = (await api.StartAsync(new { name = "Twice", industry = "casino", prospects = Some.Prospects(40), options = new { deliverTo = inbox.DeliverTo } })).Text("workflowId")!;

        var longestStart = TimeSpan.Zero;
        for (var kill = 0; kill < 2; kill++)
        {
            await Eventually.IsTrueAsync(() => inbox.Received.Any(one => one.Answered == 200 + kill), platform.Log);
            await platform.App.KillHardAsync();
            await platform.App.DisposeAsync();
            if (kill == 0)
                AnswerFew(201);
            else
                inbox.Answer = (_, _) => SinkAnswer.Ok;
            var start = Stopwatch.StartNew();
            await platform.StartAppAsync();
            longestStart = start.Elapsed > longestStart ? start.Elapsed : longestStart;
        }

        // Were it not at once, it would be when leases of 20 s have lapsed. How fast this machine is just now, its starts tell.
        await api.EndAsync(workflowId, TimeSpan.FromSeconds(12) + 4 * longestStart);
        Assert.Equal(41, inbox.Received.DistinctBy(one => one.Id).Count());

        // By a status of the run's own. The rest is answered late: else all could be told before it is killed.
        void AnswerFew(int status)
        {
            var arrived = 0;
            inbox.Answer = (_, _) => new SinkAnswer(status, Interlocked.Increment(ref arrived) <= 4 ? TimeSpan.Zero : TimeSpan.FromSeconds(8));
        }
    }

    private static async Task<Outcome> RunAsync(Platform platform, Func<string, Inbox, Task> disturb)
    {
        var inbox = platform.Sink.Open();
        var api = platform.Operator;
        var uploadId = await api.UploadAsync(Some.Csv(People, Duplicates, Nobodies));
        var started = await api.StartAsync(new { name = "Crash", industry = "casino", uploadId, options = new { steps = 6, generateFor = new[] { "A", "B", "C", "D" }, deliverTo = inbox.DeliverTo } });
        var workflowId = started.Text("workflowId")!;
        await disturb(workflowId, inbox);
        var workflow = await api.EndAsync(workflowId);
        var campaignId = started.Text("campaignId")!;
        return new Outcome(
            workflow,
            (await api.GetAsync($"campaigns/{campaignId}")).MustBe(200).Json!,
            await api.AllAsync($"campaigns/{campaignId}/prospects/all", 200),
            inbox);
    }

    /// <summary>Kills and starts again, a pause of the seed's choice after each bit of progress seen.</summary>
    private static async Task KillAsync(Platform platform, string workflowId, Inbox inbox, List<string> killed)
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        foreach (var (stage, from) in Plan)
        {
            // Whatever comes beyond the moment is answered late: else it could be over before it is killed.
            var enough = stage == "deliver" ? from * Analyzed : 0;
            inbox.Answer = (_, _) => inbox.Received.DistinctBy(one => one.Id).Count() <= enough ? Quick : Late;
            var moment = await AwaitProgressAsync(platform, workflowId, stage, from, inbox);
            await Task.Delay(LongestPause * random.NextDouble());
            await platform.App.KillHardAsync();
            killed.Add(string.Create(CultureInfo.InvariantCulture, $"{moment} ({clock.Elapsed.TotalSeconds:0.0} s)"));
            await platform.App.DisposeAsync();
            platform.StartAppOnly();
        }
        inbox.Answer = (_, _) => Quick;
        await platform.App.BecomesHealthyAsync(platform.Http);
    }

    /// <summary>Until the stage is so far, or is over already.</summary>
    private static async Task<string> AwaitProgressAsync(Platform platform, string workflowId, string stage, double from, Inbox inbox)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(started.Elapsed < Patience.Usual, $"No progress in {stage}:{Environment.NewLine}{platform.Log.Tail()}");
            if (await TryLookAsync(platform, workflowId) is not { } workflow)
            {
                await Task.Delay(20);
                continue;
            }
            Assert.False(workflow.Text("status") is "Completed" or "Failed" or "Canceled", $"It was over before it was killed in {stage}: {workflow.ToJsonString()}");
            var current = workflow.Text("progress.stage")!;
            var far = current == "deliver" ? inbox.Received.DistinctBy(one => one.Id).Count() : workflow.Number("progress.done");
            if (Index(current) < Index(stage) || (current == stage && far < from * workflow.Number("progress.total")))
            {
                await Task.Delay(20);
                continue;
            }
            return string.Create(CultureInfo.InvariantCulture, $"{current} {far}/{workflow.Number("progress.total")}");
        }
    }

    private static int Index(string stage) => Array.IndexOf(["research", "validate", "analyze", "generate", "approve", "deliver"], stage);

    private static async Task<JsonNode?> TryLookAsync(Platform platform, string workflowId)
    {
        try
        {
            var reply = await platform.Operator.GetAsync($"workflows/{workflowId}");
            return reply.Code == 200 ? reply.Json : null;
        }
        catch (HttpRequestException)
        {
            return null; // Not up yet.
        }
    }

    private static void AssertSame(Outcome undisturbed, Outcome disturbed, Platform platform)
    {
        var differences = new List<string>();
        foreach (var outcome in new[] { undisturbed, disturbed })
        {
            var counts = outcome.Workflow.Numbers("counts");
            Expect("status", "Completed", outcome.Workflow.Text("status"));
            Expect("received", People + Duplicates + Nobodies, counts["received"]);
            Expect("duplicates", Duplicates, counts["duplicates"]);
            Expect("invalid", Unparsable + Nobodies, counts["invalid"]);
            foreach (var name in new[] { "validated", "analyzed", "generated", "delivered" })
                Expect(name, Analyzed, counts[name]);
            Expect("failed", 0, counts["failed"]);
            Expect("deliveries", $$"""{"pending":0,"delivered":{{Analyzed}},"retrying":0,"dead":0,"canceled":0}""", outcome.Workflow["deliveries"]!.ToJsonString());
            Expect("people", Analyzed, outcome.People.DistinctBy(person => person.Text("prospectKey")).Count());
            Expect("people listed", Analyzed, outcome.People.Count);
            CheckEvents(outcome);
        }
        Expect("byTier", undisturbed.Workflow["byTier"]!.ToJsonString(), disturbed.Workflow["byTier"]!.ToJsonString());
        Expect("campaign's counts", undisturbed.Campaign["counts"]!.ToJsonString(), disturbed.Campaign["counts"]!.ToJsonString());
        Expect("stages", Stages(undisturbed), Stages(disturbed));
        foreach (var (one, other) in undisturbed.People.Zip(disturbed.People))
            Expect($"person {one.Text("prospectKey")}", WithoutTimes(one), WithoutTimes(other));
        Assert.True(differences.Count == 0, $"{string.Join(Environment.NewLine, differences.Take(20))}{Environment.NewLine}{platform.Log.Tail()}");

        void Expect<T>(string what, T expected, T actual)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
                differences.Add($"{what}: {expected} was expected, {actual} it is");
        }

        void CheckEvents(Outcome outcome)
        {
            Expect("faults", "", string.Join(", ", outcome.Inbox.Faults));
            var ready = outcome.Inbox.Received.Where(one => one.Type == "prospect.ready").ToLookup(one => one.ProspectKey);
            Expect("people told of", string.Join(' ', outcome.People.Select(person => person.Text("prospectKey")).Order()), string.Join(' ', ready.Select(group => group.Key).Order()));
            foreach (var person in ready.Where(group => group.Select(one => (one.Id, one.Body.ToJsonString())).Distinct().Count() > 1))
                differences.Add($"{person.Key} was told of in {person.Select(one => one.Id).Distinct().Count()} ids");
            Expect("ids", Analyzed + 1, outcome.Inbox.Received.DistinctBy(one => one.Id).Count());
            Expect("ids of campaign.completed", 1, outcome.Inbox.Received.Where(one => one.Type == "campaign.completed").DistinctBy(one => one.Id).Count());
        }
    }

    private static string Stages(Outcome outcome) =>
        string.Join(", ", outcome.Workflow.List("stages").Select(stage => $"{stage.Text("name")} {stage.Text("status")} {stage.Number("done")}/{stage.Number("total")} {stage.Number("failed")}"));

    private static string WithoutTimes(JsonNode person)
    {
        var copy = person.DeepClone();
        if (copy["validation"] is JsonObject validation)
            validation.Remove("checkedAt");
        return copy.ToJsonString();
    }

    private sealed record Outcome(JsonNode Workflow, JsonNode Campaign, IReadOnlyList<JsonNode> People, Inbox Inbox);
}
