using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy.Audit;

/// <summary>Keeps failed sign-ins in the audit log: of a key in its tenant's, of what is no key in the operator's.</summary>
/// <remarks>
/// One entry a minute for a key, address and reason, which says how many there were since the one before, and 120 a minute in all: a flood of failures costs the store
/// no more than that. Written in the background, so that a failure answers as fast as before; a crash loses what was noted and not yet written.
/// </remarks>
public sealed class SignInFailures(AuditLog audit, TimeProvider clock, ILogger<SignInFailures> log) : BackgroundService
{
    private const int MostAMinute = 120;
    private const int ManySources = 10_000;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private readonly Channel<(TenantId Tenant, AuditDraft Draft)> _waiting = Channel.CreateBounded<(TenantId, AuditDraft)>(new BoundedChannelOptions(MostAMinute) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private long _minute;
    private int _inMinute;

    public void Note(KeyRecord? key, string reason, IPAddress? address, string requestId)
    {
        if (_sources.Count > ManySources)
            _sources.Clear();
        var source = _sources.GetOrAdd($"{key?.KeyId}|{address}|{reason}", static _ => new Source());
        int count;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            source.Count++;
            if (source.WrittenAt is { } before && now - before < Quiet)
                return;
            var minute = now.Ticks / TimeSpan.TicksPerMinute;
            (_minute, _inMinute) = (minute, minute == _minute ? _inMinute + 1 : 1);
            if (_inMinute > MostAMinute)
                return;
            (source.WrittenAt, count, source.Count) = (now, source.Count, 0);
        }
        var draft = new AuditDraft(
            key is null ? "anonymous" : $"key_{key.KeyId}", (key?.Tenant ?? TenantId.Default).Value, "sign_in.fail", key is null ? null : $"key_{key.KeyId}", null, new { reason, count }, address?.ToString(), requestId);
        _waiting.Writer.TryWrite((key?.Tenant ?? TenantId.Default, draft));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (tenant, draft) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await audit.RecordAsync(tenant, draft, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The edge of a background task: the next failure is written again.
                log.BatchNotWritten(e, 1, "failed sign-ins");
            }
        }
    }

    private sealed class Source
    {
        public DateTimeOffset? WrittenAt { get; set; }

        public int Count { get; set; }
    }
}
