using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Http;

/// <summary>Requests per second of three calls, against ASP.NET Core with nothing in it.</summary>
internal sealed class HttpBench : IBench
{
    private static readonly int[] Connections = [32, 500];
    private static readonly object Ann = new { email = "ann@casino-1.example", firstName = "Ann", title = "Head of CRM", company = "Casino 1", employees = 400, country = "MT" };

    public string Name => "http";

    public string Summary => "requests per second at 32 and 500 connections, against a bare minimal API";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        await using var bare = await BareApiProcess.StartAsync("bare-api", 19_200, cancellationToken);
        using var start = JsonContent.Create(new { name = "bench", industry = "casino", prospects = (object[])[Ann] });
        var workflow = await rig.RunPipelineAsync(start, cancellationToken);
        var workflowPath = $"/api/workflows/{workflow.GetProperty("workflowId").GetString()}";
        var analyze = JsonSerializer.SerializeToUtf8Bytes(new { industry = "casino", prospect = Ann });

        (string Name, Func<HttpRequestMessage> Request)[] calls =
        [
            ("GET /api/health/live", () => new HttpRequestMessage(HttpMethod.Get, "/api/health/live")),
            ("GET /api/workflows/{id}", () => new HttpRequestMessage(HttpMethod.Get, workflowPath)),
            ("POST /api/prospects/analyze", () => new HttpRequestMessage(HttpMethod.Post, "/api/prospects/analyze")
            {
                Content = new ByteArrayContent(analyze) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            }),
        ];
        foreach (var (name, request) in calls)
        {
            foreach (var connections in Connections)
            {
                var plain = await HttpLoad.RunAsync(bare.Address, null, connections, request, cancellationToken);
                var app = await HttpLoad.RunAsync(rig.Address, rig.ApiKey, connections, request, cancellationToken);
                var section = string.Create(CultureInfo.InvariantCulture, $"{name}, {connections} connections");
                report.Add(section, "app", app.RequestsPerSecond, "/s");
                report.Add(section, "app, median", app.MedianMs, "ms");
                report.Add(section, "app, 99th percentile", app.P99Ms, "ms");
                report.Add(section, "app, errors", app.Errors, "");
                report.Add(section, "bare minimal API", plain.RequestsPerSecond, "/s");
                report.Add(section, "bare minimal API, errors", plain.Errors, "");
                report.Add(section, "app against bare", 100 * app.RequestsPerSecond / Math.Max(1, plain.RequestsPerSecond), "%");
            }
        }
    }
}
