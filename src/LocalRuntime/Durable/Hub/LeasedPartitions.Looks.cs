using System.Collections.Frozen;
using ProspectOps.LocalRuntime.Durable.Engine;

namespace ProspectOps.LocalRuntime.Durable.Hub;

internal sealed partial class LeasedPartitions
{
    /// <param name="since">A look that has begun after so many will do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task LookAsync(int? since, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (since is null || since == _looks)
                await LookAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Reads the hub's rows and does what they ask for.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        _looks++;
        _isLookWanted = false;
        var state = await table.ReadAsync(cancellationToken);
        _claims = state.Claims;
        var (others, proven) = await FindAliveAsync(state, cancellationToken);
        // One that comes back after it was taken for dead may have begun something in between.
        if (others.Exists(other => _others.TrueForAll(known => known.Id != other.Id)))
            _secondTakeAt ??= time.GetUtcNow() + Term;
        _others = others;
        string[] alive = [_id, .. others.Select(other => other.Id)];
        var share = PartitionShare.Of(_id, alive, state.Claims.Values.Select(claim => claim.Owner), options.PartitionCount);

        var mine = state.Claims.Values.Where(claim => claim.Owner == _id).Select(claim => claim.Partition).ToHashSet();
        // What others have had meanwhile is let go of, also where it is taken back at once: it is not what it was.
        if (!_owned.IsSubsetOf(mine))
            LetGo(_owned.Except(mine));
        var free = Enumerable.Range(0, options.PartitionCount)
            .Select(partition => state.Claims.GetValueOrDefault(partition) ?? new PartitionClaim(partition, PartitionClaim.AtRest))
            .Where(claim => !alive.Contains(claim.Owner)).Take(Math.Max(0, share - mine.Count)).ToArray();
        // First, because a claim whose answer gets lost is found as this process's own.
        _mayLinger |= free.Any(claim => claim.Owner != PartitionClaim.AtRest && !proven.Contains(claim.Owner));
        if (free.Length > 0)
        {
            if (await table.TrySetOwnerAsync(free, _id, cancellationToken))
                mine.UnionWith(free.Select(claim => claim.Partition));
            // The rows' new ETags are needed, and somebody else may have been faster.
            _isLookWanted = true;
        }
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
        if (!_owned.SetEquals(mine))
        {
            _owned = mine.ToFrozenSet();
            LogOwned();
        }
        var isSecondDue = _secondTakeAt <= time.GetUtcNow();
        var isNew = !mine.IsSubsetOf(_taken);
        if (!isNew && !isSecondDue)
            return;
        await _holder!.TakeAsync(_mayLinger || isSecondDue, cancellationToken);
        _taken = mine.ToFrozenSet();
        // What a lingering owner, or one that just gave, began after the list was read is found then.
        _secondTakeAt = isNew && (_others.Count > 0 || _mayLinger) ? time.GetUtcNow() + Term : isSecondDue ? null : _secondTakeAt;
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
        var isAtRest = LetGo(given);
        await table.TrySetOwnerAsync([.. given.Select(partition => _claims[partition])], isAtRest ? PartitionClaim.AtRest : PartitionClaim.InMotion, cancellationToken);
        await RingAllAsync();
        _isLookWanted = true;
    }

    /// <returns>Whether nothing was under way there.</returns>
    private bool LetGo(IEnumerable<int> partitions)
    {
        var gone = partitions.ToArray();
        _taken = _taken.Except(gone).ToFrozenSet();
        _owned = _owned.Except(gone).ToFrozenSet();
        LogOwned();
        // Counted when nothing can be added any more.
        var isAtRest = gone.All(partition => _holder!.CountLive(partition) == 0);
        _holder!.Drop();
        return isAtRest;
    }
}
