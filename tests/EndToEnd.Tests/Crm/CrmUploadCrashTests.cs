using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Clay;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Crm;

/// <summary>The app is killed at eight moments between signed uploads of a CRM and their results.</summary>
public sealed class CrmUploadCrashTests(ITestOutputHelper output)
{
    private const int Uploads = 4;
    private const int Addresses = 600;
    private const int PartsEach = 2;
    private const int Seed = 6;

    // From the moment it is up again: in the middle of taking in, of checking, of telling.
    private static readonly int[] KillAfterMilliseconds = [0, 150, 300, 500, 800, 1_200, 1_700, 2_500];

    [Fact]
    public async Task Every_upload_is_told_whole_and_under_the_same_ids_though_the_app_is_killed_again_and_again()
    {
        await using var names = new NameServer(TimeSpan.FromMilliseconds(5));
        await using var platform = new Platform();
        platform.Settings["Validation__DnsServers"] = names.EndPoint.ToString();
        platform.Settings["Validation__DnsConcurrency"] = "2";
        await platform.InitializeAsync();
        var api = await platform.NewTenantAsync();
        var signing = (await api.PutAsync("crm/config", new { })).MustBe(200).Json!["signing"]!;
        var inbox = platform.Sink.Open();
        inbox.Secret = signing.Text("webhookSecret")!;
        var bodies = Enumerable.Range(0, Uploads).Select(upload => JsonSerializer.Serialize(new { emails = Emails(upload), callbackUrl = inbox.Url })).ToArray();
        var signatures = new (string, string)[Uploads][];

        var random = new Random(Seed);
        var ids = new string[Uploads];
        foreach (var (kill, wait) in KillAfterMilliseconds.Index())
        {
            // A CRM that had no answer sends the same again; one that had one may, too.
            var upload = kill % Uploads;
            // Only then: a signature is good for five minutes, and starts take long on a machine that is busy.
            signatures[upload] ??= ClaySide.Sign(signing.Text("keyId")!, signing.Text("secret")!, bodies[upload]);
            ids[upload] = await SendAsync(platform, bodies[upload], signatures[upload]);
            await Task.Delay(wait + random.Next(100));
            await platform.App.KillHardAsync();
            await platform.App.DisposeAsync();
            platform.StartAppOnly();
        }
        await platform.App.BecomesHealthyAsync(platform.Http);

        await Eventually.IsTrueAsync(() => inbox.Received.DistinctBy(one => one.Id).Count() >= Uploads * PartsEach, platform.Log);
        var told = inbox.Received.DistinctBy(one => one.Id).ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{KillAfterMilliseconds.Length} kills, {inbox.Received.Count} requests, {told.Length} ids"));
        Assert.Empty(inbox.Faults);
        Assert.Equal(Uploads * PartsEach, told.Length);
        for (var upload = 0; upload < Uploads; upload++)
        {
            var parts = told.Where(one => one.Body.Text("data.uploadId") == ids[upload]).OrderBy(one => one.Body.Number("data.part")).ToArray();
            Assert.Equal([1L, 2L], parts.Select(one => one.Body.Number("data.part")));
            Assert.Equal(Emails(upload), parts.SelectMany(one => one.Body.List("data.results")).Select(result => result.Text("email")));
            Assert.Equal("Completed", (await api.GetAsync($"crm/uploads/{ids[upload]}")).MustBe(200).Json.Text("status"));
        }
    }

    private static string[] Emails(int upload) => [.. Enumerable.Range(0, Addresses).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number}@crm-{upload}-{number}.com"))];

    private static async Task<string> SendAsync(Platform platform, string body, (string, string)[] signature)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                var reply = await platform.With(null).SendAsync(HttpMethod.Post, "crm/uploads", content, signature);
                if (reply.Code == 202)
                    return reply.Json.Text("uploadId")!;
                Assert.True(reply.Code >= 500 && started.Elapsed < Patience.Usual, $"{reply.Code}: {reply.Text}");
            }
            catch (HttpRequestException) when (started.Elapsed < Patience.Usual)
            {
                // Not up yet.
            }
            await Task.Delay(100);
        }
    }
}
