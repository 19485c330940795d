namespace ProspectOps.Prospects;

/// <summary>Groups records by person. Pure.</summary>
internal static class DuplicateGroups
{
    private const int None = -1;

    /// <summary>For every record, the line of the one to keep in its group.</summary>
    /// <param name="records">By line, ascending: "first" means lowest index throughout.</param>
    public static int[] Winners(DuplicateCandidate[] records)
    {
        // Every record points towards the first of its group; with no better knowledge, to itself.
        var parents = new int[records.Length];
        for (var i = 0; i < parents.Length; i++)
            parents[i] = i;

        JoinSameAddress(records, parents);
        var targets = AddressedTargets(records);
        JoinUnaddressed(records, parents, targets);
        return Choose(records, parents);
    }

    private static void JoinSameAddress(DuplicateCandidate[] records, int[] parents)
    {
        // Sized at once: while it grows a dictionary holds its content twice.
        var firsts = new Dictionary<ulong, int>(records.Count(record => record.HasAddress));
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].HasAddress && !firsts.TryAdd(records[i].Address, i))
                parents[i] = firsts[records[i].Address];
        }
    }

    /// <summary>For every record without address, the first addressed one that is the same person; else none.</summary>
    private static int[] AddressedTargets(DuplicateCandidate[] records)
    {
        var targets = new int[records.Length];
        Array.Fill(targets, None);
        var firsts = new Dictionary<ulong, int>();
        for (var i = 0; i < records.Length; i++)
        {
            if (!records[i].HasAddress && records[i].Person != 0)
                firsts.TryAdd(records[i].Person, None);
        }
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].HasAddress && records[i].Person != 0 && firsts.TryGetValue(records[i].Person, out var first) && first == None)
                firsts[records[i].Person] = i;
        }
        for (var i = 0; i < records.Length; i++)
        {
            if (!records[i].HasAddress && records[i].Person != 0)
                targets[i] = firsts[records[i].Person];
        }
        return targets;
    }

    /// <summary>Links records without address by person or profile, then hangs them on whom they match.</summary>
    /// <remarks>One that matches an addressed person itself goes there; the others of its group, linked by profile alone,
    /// follow the first such match of the group.</remarks>
    private static void JoinUnaddressed(DuplicateCandidate[] records, int[] parents, int[] targets)
    {
        var firstByPerson = new Dictionary<ulong, int>(records.Count(record => !record.HasAddress && record.Person != 0));
        var firstByProfile = new Dictionary<ulong, int>(records.Count(record => !record.HasAddress && record.Linkedin != 0));
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].HasAddress)
                continue;
            if (records[i].Person != 0 && !firstByPerson.TryAdd(records[i].Person, i))
                Union(parents, firstByPerson[records[i].Person], i);
            if (records[i].Linkedin != 0 && !firstByProfile.TryAdd(records[i].Linkedin, i))
                Union(parents, firstByProfile[records[i].Linkedin], i);
        }

        var groupTargets = new Dictionary<int, int>();
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].HasAddress || targets[i] == None)
                continue;
            var root = Find(parents, i);
            if (!groupTargets.TryGetValue(root, out var target) || targets[i] < target)
                groupTargets[root] = targets[i];
        }
        for (var i = 0; i < records.Length; i++)
        {
            if (!records[i].HasAddress && targets[i] == None && groupTargets.TryGetValue(Find(parents, i), out var target))
                targets[i] = target;
        }
        // Only now, because the groups above are read through the parents.
        for (var i = 0; i < records.Length; i++)
        {
            if (targets[i] != None)
                parents[i] = Find(parents, targets[i]);
        }
    }

    private static int[] Choose(DuplicateCandidate[] records, int[] parents)
    {
        var best = new int[records.Length];
        for (var i = 0; i < records.Length; i++)
            best[i] = i;
        for (var i = 0; i < records.Length; i++)
        {
            var root = Find(parents, i);
            if (records[i].IsBetterThan(records[best[root]]))
                best[root] = i;
        }
        var winners = new int[records.Length];
        for (var i = 0; i < records.Length; i++)
            winners[i] = records[best[Find(parents, i)]].Line;
        return winners;
    }

    private static void Union(int[] parents, int left, int right)
    {
        left = Find(parents, left);
        right = Find(parents, right);
        // The lower index leads, so that the first record of a group is its root.
        parents[Math.Max(left, right)] = Math.Min(left, right);
    }

    private static int Find(int[] parents, int index)
    {
        while (parents[index] != index)
            index = parents[index] = parents[parents[index]];
        return index;
    }
}
