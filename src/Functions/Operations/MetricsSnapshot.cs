using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;
using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.Operations;

/// <summary>What this process did: the requests it answered, those it sent, which are its storage calls and webhooks, by server, method and answer, and the process itself.</summary>
public sealed class MetricsSnapshot(HttpTraffic traffic) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(string Server, string Method, string Status), (long Count, double Seconds)> _requests = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), long> _counters = new();
    private readonly MeterListener _listener = new();

    /// <summary>Listens from the start on, so that nothing goes uncounted.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
                listener.EnableMeasurementEvents(instrument);
            if (instrument.Meter.Name.StartsWith("ProspectOps.", StringComparison.Ordinal) && instrument is Counter<long>)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Count(seconds, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prometheus text, version 0.0.4.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        WriteTraffic(text);
        text.Append("# TYPE prospectops_http_client_requests_total counter\n");
        foreach (var ((server, method, status), (count, _)) in _requests.OrderBy(pair => pair.Key))
            text.Append(CultureInfo.InvariantCulture, $"prospectops_http_client_requests_total{{server=\"{server}\",method=\"{method}\",status=\"{status}\"}} {count}\n");
        text.Append("# TYPE prospectops_http_client_seconds_total counter\n");
        foreach (var ((server, method, status), (_, seconds)) in _requests.OrderBy(pair => pair.Key))
            text.Append(CultureInfo.InvariantCulture, $"prospectops_http_client_seconds_total{{server=\"{server}\",method=\"{method}\",status=\"{status}\"}} {seconds:0.000000}\n");
        foreach (var counters in _counters.OrderBy(pair => pair.Key).GroupBy(pair => pair.Key.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {counters.Key} counter\n");
            foreach (var ((name, labels), count) in counters)
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {count}\n");
        }
        using var process = Process.GetCurrentProcess();
        text.Append(CultureInfo.InvariantCulture, $"# TYPE process_working_set_bytes gauge\nprocess_working_set_bytes {process.WorkingSet64}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE process_peak_working_set_bytes gauge\nprocess_peak_working_set_bytes {process.PeakWorkingSet64}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds {new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0:0.000}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {process.TotalProcessorTime.TotalSeconds:0.000}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE dotnet_gc_heap_bytes gauge\ndotnet_gc_heap_bytes {GC.GetTotalMemory(false)}\n");
        return text.ToString();
    }

    private void WriteTraffic(StringBuilder text)
    {
        var seen = traffic.Routes.SelectMany(route => route.Seen.Select(one => (Labels: $"method=\"{one.Method}\",route=\"{route.Route}\"", one.Traffic))).ToArray();
        text.Append("# HELP prospectops_http_requests_total Requests that were answered.\n# TYPE prospectops_http_requests_total counter\n");
        foreach (var (labels, answered) in seen)
        {
            foreach (var (hundreds, count) in answered.Statuses)
                text.Append(CultureInfo.InvariantCulture, $"prospectops_http_requests_total{{{labels},status=\"{hundreds}xx\"}} {count}\n");
        }
        text.Append("# HELP prospectops_http_request_duration_seconds Time from a request's headers to the last byte of its answer.\n# TYPE prospectops_http_request_duration_seconds histogram\n");
        foreach (var (labels, answered) in seen)
        {
            var all = 0L;
            foreach (var (upTo, count) in answered.Durations)
            {
                text.Append(CultureInfo.InvariantCulture, $"prospectops_http_request_duration_seconds_bucket{{{labels},le=\"{(double.IsInfinity(upTo) ? "+Inf" : upTo)}\"}} {count}\n");
                all = count;
            }
            text.Append(CultureInfo.InvariantCulture, $"prospectops_http_request_duration_seconds_sum{{{labels}}} {answered.TotalSeconds:0.000000}\n");
            text.Append(CultureInfo.InvariantCulture, $"prospectops_http_request_duration_seconds_count{{{labels}}} {all}\n");
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.Length == 0 ? "" : $"{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}=\"{tag.Value}\""))}}}";
        _counters.AddOrUpdate((name, labels), value, (_, sum) => sum + value);
    }

    private void Count(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string server = "", port = "", method = "", status = "none";
        foreach (var tag in tags)
        {
            switch (tag.Key)
            {
                case "server.address": server = tag.Value?.ToString() ?? ""; break;
                case "server.port": port = tag.Value?.ToString() ?? ""; break;
                case "http.request.method": method = tag.Value?.ToString() ?? ""; break;
                case "http.response.status_code": status = tag.Value?.ToString() ?? ""; break;
                default: break;
            }
        }
        _requests.AddOrUpdate(($"{server}:{port}", method, status), (1, seconds), (_, sum) => (sum.Count + 1, sum.Seconds + seconds));
    }
}
