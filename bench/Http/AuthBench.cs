using System.Globalization;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Http;

/// <summary>What a key costs a request: a GET that is answered from memory with one, against the app's smallest GET without.</summary>
/// <remarks>With the key come authentication, rate limit, request log and usage; the answer itself is larger too, so the figure is the worse for it.</remarks>
internal sealed class AuthBench : IBench
{
    private const int Rounds = 3;

    private static readonly int[] Connections = [32, 500];

    public string Name => "auth";

    public string Summary => "requests per second with a key against without one";

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var rig = await Rig.StartAsync(deliverTo: null, cancellationToken);
        foreach (var connections in Connections)
        {
            var (open, keyed) = (new List<HttpLoad>(), new List<HttpLoad>());
            // In turn, so that what the machine does beside it weighs on both.
            for (var round = 0; round < Rounds; round++)
            {
                open.Add(await HttpLoad.RunAsync(rig.Address, null, connections, static () => new HttpRequestMessage(HttpMethod.Get, "/api/health/live"), cancellationToken));
                keyed.Add(await HttpLoad.RunAsync(rig.Address, rig.ApiKey, connections, static () => new HttpRequestMessage(HttpMethod.Get, "/api/limits"), cancellationToken));
            }
            var section = string.Create(CultureInfo.InvariantCulture, $"{connections} connections, median of {Rounds}");
            var (without, with) = (Median(open), Median(keyed));
            report.Add(section, "GET /api/health/live, no key", without.RequestsPerSecond, "/s");
            report.Add(section, "GET /api/limits, with key", with.RequestsPerSecond, "/s");
            report.Add(section, "GET /api/limits, 99th percentile", with.P99Ms, "ms");
            report.Add(section, "GET /api/limits, errors", with.Errors, "");
            report.Add(section, "with a key against without", 100 * with.RequestsPerSecond / Math.Max(1, without.RequestsPerSecond), "%");
        }
    }

    private static HttpLoad Median(IEnumerable<HttpLoad> loads) => loads.OrderBy(load => load.RequestsPerSecond).ElementAt(Rounds / 2);
}
