using System.Globalization;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Requests;

/// <summary>
/// Table <c>Requests</c>: tenant|hour · inverse time|process, up to 800 requests packed into a row, newest first; tenant|hours · hour, which hours there are.
/// </summary>
public sealed class RequestStore(IStorage storage)
{
    // Some 15 KB, 60 at worst (each by a key of its own); a property holds 64 KiB.
    public const int MostInRow = 800;

    private readonly ITable _table = storage.Table("Requests");

    /// <param name="requests">Oldest first, up to <see cref="MostInRow"/>, of one hour.</param>
    /// <param name="name">The same for the same requests, so that writing them again changes nothing.</param>
    public async Task AddAsync(TenantId tenant, IReadOnlyList<RequestRecord> requests, string name, bool isFirstOfHour, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var hour = HourOf(requests[0].At);
        if (isFirstOfHour)
            await _table.UpsertAsync(new TableRow($"{tenant.Value}|hours", hour), cancellationToken);
        await _table.UpsertAsync(new TableRow($"{tenant.Value}|{hour}", $"{Inverse(requests[^1].At)}|{name}") { ["Columns"] = PackedJson.Pack(RequestColumns.Of(requests)) }, cancellationToken);
    }

    /// <summary>Hours of which there are requests, newest first.</summary>
    public async Task<IReadOnlyList<string>> HoursAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var hours = new List<string>();
        await foreach (var row in _table.RangeAsync($"{tenant.Value}|hours", "", "~", 1000, cancellationToken))
            hours.Add(row.Row);
        hours.Reverse();
        return hours;
    }

    /// <summary>An hour's rows, newest first, each with its requests, newest first.</summary>
    public async IAsyncEnumerable<(string Row, IReadOnlyList<RequestRecord> Requests)> HourAsync(TenantId tenant, string hour, string fromRow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync($"{tenant.Value}|{hour}", fromRow, "~", 50, cancellationToken))
        {
            // Rows of an earlier form are passed over for the 30 days that they live.
            if (row.Bytes("Columns") is { } packed)
                yield return (row.Row, [.. PackedJson.Unpack<RequestColumns>(packed).NewestFirst()]);
        }
    }

    /// <summary>Forgets an hour, its rows before its name.</summary>
    public async Task DeleteHourAsync(TenantId tenant, string hour, CancellationToken cancellationToken)
    {
        var partition = $"{tenant.Value}|{hour}";
        var rows = new List<TableWrite>();
        await foreach (var row in _table.RangeAsync(partition, "", "~", 1000, cancellationToken))
            rows.Add(TableWrite.Delete(partition, row.Row));
        foreach (var together in rows.Chunk(100))
        {
            if ((await _table.TransactAsync(together, cancellationToken)).Committed)
                continue;
            // Somebody else purges too: what is gone is no trouble, one by one.
            foreach (var write in together)
                await _table.DeleteAsync(partition, write.Row.Row, cancellationToken);
        }
        await _table.DeleteAsync($"{tenant.Value}|hours", hour, cancellationToken);
    }

    public static string HourOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static string Inverse(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return Base32.Invert(Base32.Encode(bytes, 10));
    }
}
