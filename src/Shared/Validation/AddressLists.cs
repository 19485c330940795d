namespace ProspectOps.Validation;

/// <summary>What is known of domains and mailboxes by name: the files in Lists, each with its source and date, and an operator's own on top.</summary>
public sealed class AddressLists
{
    private readonly HashSet<string> _disposable;
    private readonly HashSet<string> _disposableParents;
    private readonly HashSet<string> _free;
    private readonly HashSet<string> _roles;

    public AddressLists()
        : this(null)
    {
    }

    /// <param name="ownFolder">Where files of the same names add a line's entry, or take it away where the line begins with <c>!</c>.</param>
    public AddressLists(string? ownFolder)
    {
        _free = Load("free-providers.txt", ownFolder);
        _roles = Load("role-accounts.txt", ownFolder);
        var all = Load("disposable-domains.txt", ownFolder);
        _disposableParents = [.. all.Where(domain => domain.StartsWith("*.", StringComparison.Ordinal)).Select(domain => domain[2..])];
        all.RemoveWhere(domain => domain.StartsWith("*.", StringComparison.Ordinal));
        _disposable = all;
    }

    /// <summary>Whether the domain hands out throw-away mailboxes.</summary>
    /// <param name="domain">In lower-case A-labels, as all that follow.</param>
    public bool IsDisposable(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (_disposable.Contains(domain) || _disposableParents.Contains(domain))
            return true;
        var parents = _disposableParents.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = domain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            if (parents.Contains(domain.AsSpan(dot + 1)))
                return true;
        }
        return false;
    }

    /// <summary>Whether anybody gets a mailbox there for nothing.</summary>
    public bool IsFreeProvider(string domain) => _free.Contains(domain);

    /// <summary>Whether the local part stands for an office. Case and plus tag do not matter.</summary>
    public bool IsRoleAccount(ReadOnlySpan<char> local)
    {
        if (local.IndexOf('+') is > 0 and var tag)
            local = local[..tag];
        if (local.Length > EmailLimits.Local)
            return false;
        Span<char> lower = stackalloc char[EmailLimits.Local];
        var length = local.ToLowerInvariant(lower);
        return _roles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length]);
    }

    private static HashSet<string> Load(string name, string? ownFolder)
    {
        var entries = Shipped(name);
        var own = ownFolder is null ? null : Path.Combine(ownFolder, name);
        if (!File.Exists(own))
            return entries;
        foreach (var line in File.ReadLines(own))
        {
            var entry = line.Trim().ToLowerInvariant();
            if (entry.StartsWith('!'))
                entries.Remove(entry[1..].Trim());
            else if (entry.Length > 0 && entry[0] != '#')
                entries.Add(entry);
        }
        return entries;
    }

    private static HashSet<string> Shipped(string name)
    {
        using var resource = typeof(AddressLists).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(resource);
        var entries = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                entries.Add(line);
        }
        entries.TrimExcess();
        return entries;
    }
}
