using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>
/// The app is killed at several moments of a job whose addresses have a domain of their own each, so that the name server tells what was asked.
/// Twenty times in 20,000 addresses with <c>PROSPECTOPS_FULL_TESTS=1</c>.
/// </summary>
public sealed class ValidationCrashTests(ITestOutputHelper output)
{
    private const int RepeatEvery = 40;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("PROSPECTOPS_FULL_TESTS") == "1";
    private static readonly int Addresses = IsFull ? 20_000 : 4_000;
    private static readonly int Kills = IsFull ? 20 : 5;

    // At once, while the file is read; the others while its addresses are asked about.
    private static readonly int EarlyKills = IsFull ? 3 : 1;

    [Fact]
    public async Task Job_killed_again_and_again_answers_every_address_once_and_in_order_and_asks_for_no_chunk_twice_that_was_done()
    {
        var clock = Stopwatch.StartNew();
        await using var names = new NameServer(TimeSpan.FromMilliseconds(5));
        await using var platform = new Platform();
        platform.Settings["Validation__DnsServers"] = names.EndPoint.ToString();
        // Slow enough to be killed so often.
        platform.Settings["Validation__DnsConcurrency"] = "1";
        await platform.InitializeAsync();
        var (csv, emails) = Csv();
        var jobId = (await platform.Operator.PostTextAsync("validation/jobs", csv, "text/csv")).MustBe(202).Json.Text("jobId")!;

        using var chunks = new DoneChunks(platform.StorageConnection, jobId);
        // What may be asked again: what had been asked when it was killed, and was not yet recorded.
        long mayRepeat = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            var job = await AwaitAsync(platform, jobId, kill <= EarlyKills ? 0 : (kill - EarlyKills) * (long)emails.Count / (Kills - EarlyKills + 2));
            await platform.App.KillHardAsync();
            await chunks.NoteAsync(domain => names.Asked.GetValueOrDefault(domain));
            mayRepeat += names.Asked.Count - (job.Number("done") - job.Number("done") / RepeatEvery) + 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: killed at {job.Number("done")}/{job.Number("total")}, {chunks.Count} chunks done"));
            await platform.App.DisposeAsync();
            platform.StartAppOnly();
        }
        await platform.App.BecomesHealthyAsync(platform.Http);
        var ended = await platform.Operator.JobEndAsync(jobId, IsFull ? TimeSpan.FromMinutes(10) : Patience.Usual);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: {ended.ToJsonString()}"));

        Assert.Equal(("Completed", (long)emails.Count, (long)emails.Count), (ended.Text("status"), ended.Number("total"), ended.Number("done")));
        Assert.Equal(emails.Count - Addresses, ended.Number("duplicates"));
        Assert.Equal(emails.Count, ended.Numbers("byVerdict")["unknown"]);
        Assert.Equal((ended.Number("chunks.total"), 0L), (ended.Number("chunks.done"), ended.Number("chunks.dead")));
        var rows = CsvText.Read((await platform.Operator.GetAsync($"validation/jobs/{jobId}/results")).MustBe(200).Text);
        Assert.Equal(emails, rows.Select(row => row["email"]));
        Assert.All(rows, row => Assert.StartsWith("mx_found", row["reasons"], StringComparison.Ordinal));

        // Of what was done when it was killed nothing was asked again.
        Assert.InRange(chunks.Count, Kills - EarlyKills, (int)ended.Number("chunks.total") - 1);
        Assert.All(chunks.Asked, asked => Assert.Equal(asked, KeyValuePair.Create(asked.Key, names.Asked[asked.Key])));
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
            Assert.True(started.Elapsed < Patience.Usual, $"No progress:{Environment.NewLine}{platform.Log.Tail()}");
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
