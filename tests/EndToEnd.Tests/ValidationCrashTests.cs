using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>The app is killed at twenty moments of a job of 20,000 addresses, each of a domain of its own, so that the name server tells what was asked.</summary>
public sealed class ValidationCrashTests(ITestOutputHelper output)
{
    private const int Addresses = 20_000;
    private const int RepeatEvery = 40;
    private const int Kills = 20;

    [Fact]
    public async Task Job_killed_twenty_times_answers_every_address_once_and_in_order()
    {
        var clock = Stopwatch.StartNew();
        await using var names = new NameServer(TimeSpan.FromMilliseconds(5));
        await using var platform = new Platform();
        platform.Settings["Validation__DnsServers"] = names.EndPoint.ToString();
        // Slow enough to be killed twenty times.
        platform.Settings["Validation__DnsConcurrency"] = "1";
        await platform.InitializeAsync();
        var (csv, emails) = Csv();
        var jobId = (await platform.Operator.PostTextAsync("validation/jobs", csv, "text/csv")).MustBe(202).Json.Text("jobId")!;

        // What may be asked again: what had been asked when it was killed, and was not yet recorded.
        long mayRepeat = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            // The first few at once, while the file is read.
            var job = await AwaitAsync(platform, jobId, kill <= 3 ? 0 : (kill - 3L) * emails.Count / (Kills - 1));
            await platform.App.KillHardAsync();
            mayRepeat += names.Asked.Count - (job.Number("done") - job.Number("done") / RepeatEvery) + 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: killed at {job.Number("done")}/{job.Number("total")}"));
            await platform.App.DisposeAsync();
            platform.StartAppOnly();
        }
        await platform.App.BecomesHealthyAsync(platform.Http);
        var ended = await platform.Operator.JobEndAsync(jobId, TimeSpan.FromSeconds(90));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: {ended.ToJsonString()}"));

        Assert.Equal(("Completed", (long)emails.Count, (long)emails.Count), (ended.Text("status"), ended.Number("total"), ended.Number("done")));
        Assert.Equal(emails.Count - Addresses, ended.Number("duplicates"));
        Assert.Equal(emails.Count, ended.Numbers("byVerdict")["unknown"]);
        Assert.Equal((ended.Number("chunks.total"), 0L), (ended.Number("chunks.done"), ended.Number("chunks.dead")));
        var rows = CsvText.Read((await platform.Operator.GetAsync($"validation/jobs/{jobId}/results")).MustBe(200).Text);
        Assert.Equal(emails, rows.Select(row => row["email"]));
        Assert.All(rows, row => Assert.StartsWith("mx_found", row["reasons"], StringComparison.Ordinal));

        Assert.Equal(Addresses, names.Asked.Count);
        var repeated = names.Asked.Values.Sum(count => count - 1L);
        Assert.True(repeated <= mayRepeat, $"{repeated} questions were asked again, where {mayRepeat} were under way when it was killed.");
        // Not everything every time.
        Assert.True(repeated < Addresses, $"{repeated} questions were asked again.");
    }

    private static async Task<JsonNode> AwaitAsync(Platform platform, string jobId, long done)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), $"No progress:{Environment.NewLine}{platform.Log.Tail()}");
            await Task.Delay(10);
            if (await TryLookAsync(platform, jobId) is not { } job)
                continue;
            Assert.False(job.Text("status") is "Completed" or "CompletedWithErrors" or "Canceled", $"It was over before it was killed: {job.ToJsonString()}");
            if (job.Number("done") >= done)
                return job;
        }
    }

    private static async Task<JsonNode?> TryLookAsync(Platform platform, string jobId)
    {
        try
        {
            var reply = await platform.Operator.GetAsync($"validation/jobs/{jobId}");
            return reply.Code == 200 ? reply.Json : null;
        }
        catch (HttpRequestException)
        {
            return null; // Not up yet.
        }
    }

    private static (string Csv, IReadOnlyList<string> Emails) Csv()
    {
        var emails = new List<string>();
        for (var i = 0; i < Addresses; i++)
        {
            emails.Add(string.Create(CultureInfo.InvariantCulture, $"p{i}@crash-domain-{i}.com"));
            if (i % RepeatEvery == RepeatEvery - 1)
                emails.Add(string.Create(CultureInfo.InvariantCulture, $"P{i / 2}+again@crash-domain-{i / 2}.com"));
        }
        return (new StringBuilder("email\n").AppendJoin('\n', emails).Append('\n').ToString(), emails);
    }
}
