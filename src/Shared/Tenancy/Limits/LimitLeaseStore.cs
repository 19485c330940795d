using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Limits;

/// <summary>Table <c>LimitLeases</c>: tenant|keyId · <c>lease</c>, where processes tell each other what they use of a key's rate limit.</summary>
public sealed class LimitLeaseStore(IStorage storage)
{
    private const string Row = "lease";
    private const int Attempts = 20;

    private readonly ITable _table = storage.Table("LimitLeases");

    /// <summary>Puts this process's entry beside the others'. One round trip, where nobody else did so since.</summary>
    /// <param name="known">The row as this process left it; null to read it.</param>
    /// <param name="mine">Makes the entry, given the others'.</param>
    /// <returns>The row as it is now, and the entries of the others; null where the row kept changing.</returns>
    internal async Task<(TableRow Row, IReadOnlyList<LimitHolder> Others, LimitHolder Mine)?> ExchangeAsync(
        TenantId tenant, string keyId, TableRow? known, string process, Func<IReadOnlyList<LimitHolder>, LimitHolder> mine, long forgetBefore, CancellationToken cancellationToken)
    {
        var partition = $"{tenant.Value}|{keyId}";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = known ?? await _table.FindAsync(partition, Row, cancellationToken) ?? new TableRow(partition, Row);
            known = null;
            var others = row.Bytes("Holders") is { } packed
                ? PackedJson.Unpack<List<LimitHolder>>(packed).Where(holder => holder.Process != process && holder.At >= forgetBefore).ToArray()
                : [];
            var entry = mine(others);
            var written = new TableRow(partition, Row) { ["Holders"] = PackedJson.Pack<IReadOnlyList<LimitHolder>>([.. others, entry]), Version = row.Version };
            var result = await _table.TransactAsync([row.Version is null ? TableWrite.Insert(written) : TableWrite.Replace(written)], cancellationToken);
            if (!result.Committed)
                continue;
            written.Version = result.Versions[0];
            return (written, others, entry);
        }
        return null;
    }
}
