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
    private IPartitionHolder? _holder;
    private ProcessLock? _lock;
    private Doorbell? _doorbell;
    private HubMember? _me;
    private Task _loop = Task.CompletedTask;
    private volatile FrozenSet<int> _owned = [];
    private volatile FrozenSet<int> _giving = [];
    private volatile List<HubMember> _others = [];
    private volatile bool _isLookWanted;
    private bool _mayLinger;
    private HashSet<int> _running = [];
    private IReadOnlyDictionary<int, PartitionClaim> _claims = new Dictionary<int, PartitionClaim>();
    private DateTimeOffset _nextBeat;
    private DateTimeOffset _nextLook;
    private DateTimeOffset? _secondTakeAt;
    private DateTimeOffset? _givingSince;
    private int _isEnded;

    public bool Owns(int partition) => _owned.Contains(partition % options.PartitionCount);

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
        await SayAliveAsync(cancellationToken);
        await LookAsync(cancellationToken);
        await RingAllAsync();
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    public async Task LeaveAsync(bool isAtRest)
    {
        if (_me is null || Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        var owned = _owned;
        _owned = [];
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
                    await LookAsync(stopping);
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

    /// <summary>Reads the hub's rows and does what they ask for.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        _isLookWanted = false;
        var state = await table.ReadAsync(cancellationToken);
        _claims = state.Claims;
        var (others, proven) = await FindAliveAsync(state, cancellationToken);
        _others = others;
        string[] alive = [_id, .. others.Select(other => other.Id)];
        var share = PartitionShare.Of(_id, alive, state.Claims.Values.Select(claim => claim.Owner), options.PartitionCount);

        var mine = state.Claims.Values.Where(claim => claim.Owner == _id).Select(claim => claim.Partition).ToHashSet();
        var free = Enumerable.Range(0, options.PartitionCount)
            .Select(partition => state.Claims.GetValueOrDefault(partition) ?? new PartitionClaim(partition, PartitionClaim.AtRest))
            .Where(claim => !alive.Contains(claim.Owner)).Take(Math.Max(0, share - mine.Count)).ToArray();
        if (free.Length > 0)
        {
            if (await table.TrySetOwnerAsync(free, _id, cancellationToken))
                mine.UnionWith(free.Select(claim => claim.Partition));
            // The rows' new ETags are needed, and somebody else may have been faster.
            _isLookWanted = true;
        }
        _mayLinger |= free.Any(claim => claim.Owner != PartitionClaim.AtRest && !proven.Contains(claim.Owner));
        await OwnAsync(mine, cancellationToken);
        await GiveAsync(mine.Count - share, cancellationToken);
        foreach (var bell in state.Bells.Where(bell => _owned.Contains(bell.Partition)))
            await AnswerAsync(bell.Key, bell.InstanceId, cancellationToken);

        _nextLook = _givingSince is not null ? time.GetUtcNow() + LookWhileGiving
            : others.Count > 0 ? others.Min(other => other.Until) + Margin
            : time.GetUtcNow() + LookAlone;
        if (_secondTakeAt < _nextLook)
            _nextLook = _secondTakeAt.Value;
        if (_isLookWanted)
            _wake.Release();
    }

    /// <summary>Takes the dead off the hub.</summary>
    /// <returns>The others that live, and the ids of those whose death is certain.</returns>
    private async Task<(List<HubMember> Alive, HashSet<string> Proven)> FindAliveAsync(HubState state, CancellationToken cancellationToken)
    {
        var alive = new List<HubMember>();
        var proven = new HashSet<string>();
        foreach (var other in state.Members.Where(member => member.Id != _id))
        {
            var isProven = ProcessLock.ProvesDeath(other);
            if ((!isProven && other.Until > time.GetUtcNow()) || !await table.RemoveMemberAsync(other, cancellationToken))
            {
                alive.Add(other);
                continue;
            }
            if (isProven)
            {
                proven.Add(other.Id);
                ProcessLock.Remove(other);
            }
            log.MemberGone(other.Id, isProven ? "its lock is free" : "no sign of life");
        }
        return (alive, proven);
    }

    private async Task OwnAsync(HashSet<int> mine, CancellationToken cancellationToken)
    {
        var isChanged = !_owned.SetEquals(mine);
        _owned = mine.ToFrozenSet();
        if (isChanged)
        {
            LogOwned();
            _holder!.Drop();
        }
        _running.IntersectWith(mine);
        var isSecondDue = _secondTakeAt <= time.GetUtcNow();
        if (mine.IsSubsetOf(_running) && !isSecondDue)
            return;
        await _holder!.TakeAsync(_mayLinger, cancellationToken);
        _running = mine;
        // What a lingering owner, or one that just gave, began after the list was read is found then.
        _secondTakeAt = isSecondDue || (_others.Count == 0 && !_mayLinger) ? null : time.GetUtcNow() + Term;
        _mayLinger = false;
    }

    /// <summary>Gives back what is more than this process's share: partitions at rest at once, others when they have had time to come to rest.</summary>
    private async Task GiveAsync(int surplus, CancellationToken cancellationToken)
    {
        if (surplus <= 0)
        {
            _giving = [];
            _givingSince = null;
            return;
        }
        _givingSince ??= time.GetUtcNow();
        var isOver = time.GetUtcNow() - _givingSince >= LongestGiving;
        var chosen = _owned.OrderBy(partition => _holder!.CountLive(partition)).ThenBy(partition => partition).Take(surplus).ToArray();
        _giving = chosen.ToFrozenSet();
        var given = chosen.Where(partition => (isOver || _holder!.CountLive(partition) == 0) && _claims.ContainsKey(partition)).ToArray();
        if (given.Length == 0)
            return;
        var isAtRest = given.All(partition => _holder!.CountLive(partition) == 0);
        _owned = _owned.Except(given).ToFrozenSet();
        _running.ExceptWith(given);
        LogOwned();
        _holder!.Drop();
        await table.TrySetOwnerAsync([.. given.Select(partition => _claims[partition])], isAtRest ? PartitionClaim.AtRest : PartitionClaim.InMotion, cancellationToken);
        await RingAllAsync();
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
