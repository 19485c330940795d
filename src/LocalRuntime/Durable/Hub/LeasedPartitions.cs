using System.Collections.Frozen;
using Azure;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.Engine;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Shares a hub with other processes: each has its part of the partitions, and those of a dead one are taken over.</summary>
/// <remarks>
/// A process says every 12 s that it lives, for 25 s. The others read the hub's rows when that time is over, so that a takeover
/// begins at most 25 s after a death; where the dead one's lock file can be locked, within a second. One alone reads once a minute.
/// Times of different machines are compared: their clocks have to agree within a few seconds. Where they do not, or where a process
/// was asleep, writes are refused by ETags that the new owner has changed.
/// </remarks>
internal sealed partial class LeasedPartitions(HubTable table, DurableOptions options, TimeProvider time, ILogger log) : IHubPartitions, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAlone = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookWhileGiving = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestGiving = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _looking = new(1);
    private IPartitionHolder? _holder;
    private ProcessLock? _lock;
    private Doorbell? _doorbell;
    private HubMember? _me;
    private Task _loop = Task.CompletedTask;
    private volatile FrozenSet<int> _owned = [];
    private volatile FrozenSet<int> _taken = [];
    private volatile FrozenSet<int> _giving = [];
    private volatile List<HubMember> _others = [];
    private volatile bool _isLookWanted;
    private bool _mayLinger;
    private IReadOnlyDictionary<int, PartitionClaim> _claims = new Dictionary<int, PartitionClaim>();
    private DateTimeOffset _nextBeat;
    private DateTimeOffset _nextLook;
    private DateTimeOffset? _secondTakeAt;
    private DateTimeOffset? _givingSince;
    private int _looks;
    private int _isEnded;

    public bool Owns(int partition) => _owned.Contains(partition % options.PartitionCount);

    public bool IsTaken(int partition) => _taken.Contains(partition % options.PartitionCount);

    public async Task<bool> ConfirmAsync(int partition, CancellationToken cancellationToken)
    {
        if (!Owns(partition))
            return false;
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await LookAsync(since: Volatile.Read(ref _looks), isOver.Token);
        return Owns(partition);
    }

    public int Choose(string instanceId)
    {
        var own = _owned.Except(_giving).Order().ToArray();
        var hash = PartitionShare.Hash(instanceId);
        return own.Length > 0 ? own[hash % (uint)own.Length] : (int)(hash % (uint)options.PartitionCount);
    }

    public async Task JoinAsync(IPartitionHolder holder, CancellationToken cancellationToken)
    {
        _holder = holder;
        if (_me is null)
        {
            _lock = TryLock();
            _doorbell = TryListen();
            _me = new HubMember(_id, default, _doorbell?.Port ?? 0, Environment.MachineName, _lock?.Path ?? "");
        }
        // A stop meanwhile must not give back what this would take again.
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await SayAliveAsync(isOver.Token);
        await LookAsync(since: null, isOver.Token);
        await RingAllAsync();
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    public async Task LeaveAsync(bool isAtRest)
    {
        if (_me is null || Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        await _looking.WaitAsync(CancellationToken.None);
        var owned = _owned;
        _owned = _taken = [];
        _holder!.Drop();
        try
        {
            using var patience = new CancellationTokenSource(Probe);
            var claims = _claims.Values.Where(claim => owned.Contains(claim.Partition) && claim.Owner == _id).ToArray();
            if (claims.Length > 0)
                await table.TrySetOwnerAsync(claims, isAtRest ? PartitionClaim.AtRest : PartitionClaim.InMotion, patience.Token);
            await table.RemoveMemberAsync(_me with { ETag = ETag.All }, patience.Token);
            await RingAllAsync();
            ProcessLock.Remove(_me);
        }
        catch (Exception exception)
        {
            // Whoever comes next sees that this process is dead.
            log.LeasesFailed(exception);
        }
        Release();
    }

    public void Abandon()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _stop.Cancel();
        Release();
    }

    public void Dispose()
    {
        Abandon();
        _stop.Dispose();
        _wake.Dispose();
        _looking.Dispose();
    }

    private void Release()
    {
        _doorbell?.Dispose();
        _lock?.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stopping);
                if (time.GetUtcNow() >= _nextBeat)
                    await SayAliveAsync(stopping);
                if (_isLookWanted || time.GetUtcNow() >= _nextLook || _others.Any(ProcessLock.ProvesDeath))
                    await LookAsync(since: null, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LeasesFailed(exception);
                // Whatever was to be looked at has not been.
                _isLookWanted = true;
                _wake.Release();
                await Task.Delay(Probe, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        var next = _nextBeat < _nextLook ? _nextBeat : _nextLook;
        var wait = next - time.GetUtcNow();
        if (_others.Count > 0 && wait > Probe)
            wait = Probe;
        if (wait <= TimeSpan.Zero)
            return;
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var wake = _wake.WaitAsync(isOver.Token);
        await Task.WhenAny(wake, Task.Delay(wait, time, isOver.Token));
        await isOver.CancelAsync();
        await wake.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SayAliveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await table.BeatAsync(_me! with { Until = now + Term }, cancellationToken) is { } etag)
        {
            _me = _me with { ETag = etag };
            _nextBeat = now + Beat;
            return;
        }
        log.TakenForDead();
        _me = _me with { ETag = default };
        _isLookWanted = true;
    }

    private void LogOwned() => log.PartitionsChanged(string.Join(',', _owned.Order()), options.PartitionCount, options.HubName, _others.Count);

    private ProcessLock? TryLock()
    {
        try
        {
            return new ProcessLock(options.LockFolder, _id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without it others wait for the end of the term.
            log.NoLock(exception, options.LockFolder);
            return null;
        }
    }
}
