using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Tenancy.Requests;

/// <summary>Every request of 30 days. Noted in memory, written every 2 s, or with the next 10,000: a crash loses the last 2 s, a store that is away more than 50,000 requests behind.</summary>
public sealed class RequestLog(RequestStore store, ProcessIdentity process, ILogger<RequestLog> log) : IBackgroundWrites, IDisposable
{
    private const int MostWaiting = 50_000;
    private const int ManyWaiting = 10_000;
    // What one page may read to find what it is asked for.
    private const int MostRowsRead = 60;

    private readonly Channel<(TenantId Tenant, RequestRecord Request)> _waiting = Channel.CreateBounded<(TenantId, RequestRecord)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });
    private readonly HashSet<(TenantId, string)> _hours = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(TenantId Tenant, string Hour, string Name, IReadOnlyList<RequestRecord> Requests)> _rows = [];
    private long _dropped;
    private long _number;
    private int _noted;

    public void Note(TenantId tenant, RequestRecord request)
    {
        if (!_waiting.Writer.TryWrite((tenant, request)))
            Interlocked.Increment(ref _dropped);
        else if (Interlocked.Increment(ref _noted) % ManyWaiting == 0)
            _ = FlushEarlyAsync();
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var taken = new List<(TenantId Tenant, RequestRecord Request)>();
            while (taken.Count < MostWaiting && _waiting.Reader.TryRead(out var next))
                taken.Add(next);
            foreach (var together in taken.GroupBy(one => (one.Tenant, Hour: one.Request.At.UtcTicks / TimeSpan.TicksPerHour)))
            {
                var hour = RequestStore.HourOf(together.First().Request.At);
                foreach (var row in together.Chunk(RequestStore.MostInRow))
                    _rows.Enqueue((together.Key.Tenant, hour, string.Create(CultureInfo.InvariantCulture, $"{process.Name[..8]}{_number++:D8}"), [.. row.Select(one => one.Request)]));
            }
            // One that cannot be written stays where it is, for the next time.
            while (_rows.TryPeek(out var row))
            {
                await store.AddAsync(row.Tenant, row.Requests, row.Name, !_hours.Contains((row.Tenant, row.Hour)), cancellationToken);
                _hours.Add((row.Tenant, row.Hour));
                _rows.Dequeue();
            }
            if (_hours.Count > 10_000)
                _hours.Clear();
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                log.BatchDropped(dropped, "requests");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A page, newest first; where to go on, or null at the end. A page may be short where few of many requests are wanted.</summary>
    public async Task<(IReadOnlyList<RequestRecord> Requests, string? Next)> PageAsync(TenantId tenant, RequestFilter filter, string after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (afterHour, afterRow, afterIndex) = after.Split(' ') is [var hourPart, var rowPart, var indexPart] ? (hourPart, rowPart, int.Parse(indexPart, CultureInfo.InvariantCulture)) : ("~", "", -1);
        var found = new List<RequestRecord>(limit);
        var read = 0;
        foreach (var hour in await store.HoursAsync(tenant, cancellationToken))
        {
            if (string.CompareOrdinal(hour, afterHour) > 0 || (filter.From is { } from && string.CompareOrdinal(hour, RequestStore.HourOf(from)) < 0) || (filter.To is { } to && string.CompareOrdinal(hour, RequestStore.HourOf(to)) > 0))
                continue;
            await foreach (var (row, requests) in store.HourAsync(tenant, hour, hour == afterHour ? afterRow : "", cancellationToken))
            {
                for (var index = hour == afterHour && row == afterRow ? afterIndex + 1 : 0; index < requests.Count; index++)
                {
                    if (!filter.Matches(requests[index]))
                        continue;
                    found.Add(requests[index]);
                    if (found.Count == limit)
                        return (found, string.Create(CultureInfo.InvariantCulture, $"{hour} {row} {index}"));
                }
                if (++read == MostRowsRead)
                    return (found, string.Create(CultureInfo.InvariantCulture, $"{hour} {row} {RequestStore.MostInRow}"));
            }
        }
        return (found, null);
    }

    public void Dispose() => _turn.Dispose();

    private async Task FlushEarlyAsync()
    {
        await Task.Yield();
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // The edge of a background task: what was not written is tried again in 2 s.
            log.BatchNotWritten(e, 1, nameof(RequestLog));
        }
    }
}
