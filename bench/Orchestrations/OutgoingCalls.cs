using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProspectOps.Bench.Orchestrations;

/// <summary>Counts what this process asks of others, by port and method.</summary>
internal static class OutgoingCalls
{
    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);
    private static readonly MeterListener Listener = new();

    public static IReadOnlyDictionary<string, long> Now => Counts;

    public static void Start()
    {
        Listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
                listener.EnableMeasurementEvents(instrument);
        };
        Listener.SetMeasurementEventCallback<double>(static (_, _, tags, _) =>
        {
            var (port, method) = ("", "");
            foreach (var tag in tags)
            {
                if (tag.Key == "server.port")
                    port = $"{tag.Value}";
                else if (tag.Key == "http.request.method")
                    method = $"{tag.Value}";
            }
            Counts.AddOrUpdate($"{port} {method}", 1, static (_, count) => count + 1);
        });
        Listener.Start();
    }
}
