namespace ProspectOps.Content.Rules;

/// <summary>Finds how much of a message's own wording stands in another message of the batch already.</summary>
/// <remarks>
/// Wording is compared by shingles of three words; the pack's phrases and the facts of the person are left out first, since
/// those are meant to repeat or to differ. The measure is Jaccard's: shared shingles over all shingles. An index from shingle
/// to messages makes it exact without comparing every pair. Not safe for several threads; one batch, one index.
/// </remarks>
internal sealed class SamenessIndex
{
    private const int Shingle = 3;

    private readonly Dictionary<ulong, List<int>> _messagesByShingle = [];
    private readonly List<int> _sizes = [];
    private readonly Dictionary<int, int> _shared = [];

    /// <summary>The largest share of wording in common with a message added before, 0 to 1.</summary>
    public double Nearest(IReadOnlySet<ulong> shingles)
    {
        if (shingles.Count == 0)
            return 0;
        _shared.Clear();
        foreach (var shingle in shingles)
        {
            if (!_messagesByShingle.TryGetValue(shingle, out var messages))
                continue;
            foreach (var message in messages)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_shared, message, out _)++;
        }

        var nearest = 0.0;
        foreach (var (message, shared) in _shared)
            nearest = Math.Max(nearest, (double)shared / (_sizes[message] + shingles.Count - shared));
        return nearest;
    }

    public void Add(IReadOnlySet<ulong> shingles)
    {
        var message = _sizes.Count;
        _sizes.Add(shingles.Count);
        foreach (var shingle in shingles)
        {
            if (!_messagesByShingle.TryGetValue(shingle, out var messages))
                _messagesByShingle[shingle] = messages = [];
            messages.Add(message);
        }
    }

    /// <param name="body">Without greeting and closing, which all messages share.</param>
    /// <param name="given">Phrases that are not the writer's: the pack's and the person's.</param>
    public static HashSet<ulong> ShinglesOf(string body, IEnumerable<string?> given)
    {
        foreach (var phrase in given)
        {
            if (!string.IsNullOrEmpty(phrase))
                body = body.Replace(phrase, " ", StringComparison.OrdinalIgnoreCase);
        }

        var shingles = new HashSet<ulong>();
        Span<ulong> window = stackalloc ulong[Shingle];
        var words = 0;
        var hash = 14695981039346656037UL;
        var inWord = false;
        for (var i = 0; i <= body.Length; i++)
        {
            if (i < body.Length && char.IsLetterOrDigit(body[i]))
            {
                hash = (hash ^ char.ToLowerInvariant(body[i])) * 1099511628211;
                inWord = true;
            }
            else if (inWord)
            {
                window[words++ % Shingle] = hash;
                if (words >= Shingle)
                {
                    var shingle = 0UL;
                    for (var k = 0; k < Shingle; k++)
                        shingle = StableHash.Mix(shingle ^ window[(words + k) % Shingle]);
                    shingles.Add(shingle);
                }

                (hash, inWord) = (14695981039346656037UL, false);
            }
        }

        return shingles;
    }
}
