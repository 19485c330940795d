using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>A file of very many rows is taken in without being held in memory: 200,000, and four million with <c>PROSPECTOPS_FULL_TESTS=1</c>.</summary>
public sealed class LargeJobTests(ITestOutputHelper output)
{
    // What the app has after its start, 20 bytes for each different address, and what garbage a server leaves lying while there is room.
    private const long MostBytes = 600L * 1024 * 1024;

    private static readonly int Rows = Environment.GetEnvironmentVariable("PROSPECTOPS_FULL_TESTS") == "1" ? 4_000_000 : 200_000;

    [Fact]
    public async Task Rows_are_accepted_and_counted_and_memory_does_not_grow_with_them()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var file = Path.GetTempFileName();
        try
        {
            await WriteAsync(file);
            var clock = Stopwatch.StartNew();
            await using var stream = File.OpenRead(file);
            using var body = new StreamContent(stream) { Headers = { ContentType = new("text/csv") } };
            var jobId = (await platform.Operator.SendAsync(HttpMethod.Post, "validation/jobs", body)).MustBe(202).Json.Text("jobId")!;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: accepted {new FileInfo(file).Length / 1024 / 1024} MiB; {platform.App.PeakMemoryBytes / 1024 / 1024} MiB of memory at most"));

            // Taken in when it knows how many rows there are. What they come to is another test's.
            var total = 0L;
            while ((total = (await platform.Operator.GetAsync($"validation/jobs/{jobId}")).MustBe(200).Json.Number("total")) == 0)
            {
                Assert.True(clock.Elapsed < TimeSpan.FromMinutes(10), $"It is not taken in.{Environment.NewLine}{platform.Log.Tail()}");
                await Task.Delay(200);
            }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s: taken in; {platform.App.PeakMemoryBytes / 1024 / 1024} MiB of memory at most"));
            await platform.Operator.SendAsync(HttpMethod.Post, $"validation/jobs/{jobId}/cancel", null);

            Assert.Equal(Rows, total);
            Assert.InRange(platform.App.PeakMemoryBytes, 1, MostBytes);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task WriteAsync(string file)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync("email\n");
        for (var i = 0; i < Rows; i++)
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"p{i}@d{i % 5_000}.example\n"));
    }
}
