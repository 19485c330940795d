using System.Globalization;
using System.Text.RegularExpressions;

namespace ProspectOps.Bench.Pipelines;

/// <summary>Requests that the app has made, from its own counters: by kind of storage and method.</summary>
internal sealed partial class StorageCalls
{
    private static readonly string[] Kinds = ["blobs", "queues", "tables"];

    private readonly Dictionary<(string Kind, string Method), (long Count, double Seconds)> _calls = [];

    public IEnumerable<(string Kind, string Method, long Count, double Seconds)> All =>
        _calls.Where(call => call.Value.Count > 0).OrderBy(call => call.Key).Select(call => (call.Key.Kind, call.Key.Method, call.Value.Count, call.Value.Seconds));

    public long Total => _calls.Where(call => Kinds.Contains(call.Key.Kind)).Sum(call => call.Value.Count);

    public double PeakBytes { get; private init; }

    public long TableReads => _calls.Where(call => call.Key is ("tables", "GET")).Sum(call => call.Value.Count);

    public long TableWrites => _calls.Where(call => call.Key.Kind == "tables").Sum(call => call.Value.Count) - TableReads;

    /// <param name="metrics">What <c>GET /api/metrics</c> answers.</param>
    /// <param name="storagePort">The first of the emulator's three.</param>
    public static StorageCalls Of(string metrics, int storagePort)
    {
        var peak = PeakLine().Match(metrics).Groups[1].Value;
        var calls = new StorageCalls { PeakBytes = double.Parse(peak, CultureInfo.InvariantCulture) };
        foreach (Match line in RequestLine().Matches(metrics))
        {
            var offset = int.Parse(line.Groups["port"].Value, CultureInfo.InvariantCulture) - storagePort;
            var key = (offset is >= 0 and < 3 ? Kinds[offset] : "others", line.Groups["method"].Value);
            var (count, seconds) = calls._calls.GetValueOrDefault(key);
            var value = double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
            calls._calls[key] = line.Groups["what"].Value == "requests" ? (count + (long)value, seconds) : (count, seconds + value);
        }
        return calls;
    }

    public StorageCalls Since(StorageCalls before)
    {
        var since = new StorageCalls { PeakBytes = PeakBytes };
        foreach (var (key, (count, seconds)) in _calls)
        {
            var (countBefore, secondsBefore) = before._calls.GetValueOrDefault(key);
            since._calls[key] = (count - countBefore, seconds - secondsBefore);
        }
        return since;
    }

    [GeneratedRegex("""^prospectops_http_client_(?<what>requests|seconds)_total\{server="[^"]*:(?<port>\d+)",method="(?<method>[A-Z]+)",[^}]*\} (?<value>[0-9.]+)$""", RegexOptions.Multiline)]
    private static partial Regex RequestLine();

    [GeneratedRegex("""^process_peak_working_set_bytes (\d+)$""", RegexOptions.Multiline)]
    private static partial Regex PeakLine();
}
