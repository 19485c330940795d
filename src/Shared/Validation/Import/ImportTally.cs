using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Validation.Import;

/// <summary>Counts what comes of an import.</summary>
internal sealed class ImportTally(ImportVendor vendor)
{
    private readonly List<RejectedImport> _rejected = [];
    private readonly Dictionary<Verdict, long> _byVerdict = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, _ => 0L);
    private long _rejectedCount;

    public long Rows { get; set; }

    public long Expired { get; set; }

    public long Superseded { get; set; }

    public void Count(Verdict verdict) => _byVerdict[verdict]++;

    public void Reject(int shown, string reason)
    {
        _rejectedCount++;
        if (_rejected.Count < shown)
            _rejected.Add(new RejectedImport(Rows, reason));
    }

    public ImportView View() => new(
        vendor, Rows, _byVerdict.Values.Sum(), Expired, Superseded, _rejectedCount,
        _byVerdict.ToDictionary(pair => JsonSerializer.SerializeToElement(pair.Key, JsonDefaults.Options).GetString()!, pair => pair.Value), _rejected);
}
