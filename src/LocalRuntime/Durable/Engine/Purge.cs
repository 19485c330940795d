using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Forgets ended instances, found by the index of their creation times.</summary>
internal sealed class Purge(DurableEngine engine)
{
    private const int AtOnce = 8;
    private const int Group = 100;

    /// <returns>How many are gone. One whose parent has not recorded its end stays.</returns>
    public async Task<int> RunAsync(InstanceFilter filter, CancellationToken cancellationToken)
    {
        var count = 0;
        // A page of the index is read to its end before its rows go.
        await foreach (var group in InGroupsAsync(filter, cancellationToken))
        {
            var outcomes = new (bool IsGone, bool IsDeleted)[group.Count];
            await Parallel.ForAsync(
                0, group.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (index, token) => outcomes[index] = await ForgetAsync(group[index], filter, token));
            count += outcomes.Count(outcome => outcome.IsDeleted);
            var gone = group.Where((_, index) => outcomes[index].IsGone).ToArray();
            if (gone.Length > 0)
                await engine.Store.RemoveEndedAsync(gone, cancellationToken);
        }
        return count;
    }

    private async Task<(bool IsGone, bool IsDeleted)> ForgetAsync(FinishedInstance entry, InstanceFilter filter, CancellationToken cancellationToken)
    {
        using var _ = await engine.Locks.TakeAsync(entry.InstanceId!, cancellationToken);
        // What is stored under the id may be another one by now, or nothing: then the entry only is removed.
        var isOther = true;
        var isDeleted = await engine.Store.DeleteAsync(
            entry.InstanceId!,
            header =>
            {
                isOther = header.ListKey != entry.ListKey;
                return !isOther && header.IsEnded && filter.Matches(header);
            },
            cancellationToken);
        return (isDeleted || isOther, isDeleted);
    }

    private async IAsyncEnumerable<List<FinishedInstance>> InGroupsAsync(
        InstanceFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = new List<FinishedInstance>(Group);
        await foreach (var entry in engine.Store.ListEndedAsync(filter.CreatedFrom, filter.CreatedTo, cancellationToken))
        {
            group.Add(entry);
            if (group.Count < Group)
                continue;
            yield return group;
            group = new List<FinishedInstance>(Group);
        }
        if (group.Count > 0)
            yield return group;
    }
}
