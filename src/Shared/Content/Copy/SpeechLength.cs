namespace ProspectOps.Content.Copy;

/// <summary>Fits speech into time.</summary>
internal static class SpeechLength
{
    /// <summary>Keeps the sentences that must stay and of the others the most worth saying, so that the words add up to a number from <paramref name="fewest"/> to <paramref name="most"/>.</summary>
    /// <remarks>A knapsack over words. Where no choice lands in the range, the longest below it is taken: slow is better than hurried.</remarks>
    public static List<Sentence> Choose(IReadOnlyList<Sentence> sentences, int fewest, int most)
    {
        var fixedWords = sentences.Where(s => s.Drop == 0).Sum(s => Composition.CountWords(s.Text));
        var optional = sentences.Where(s => s.Drop > 0).ToArray();
        var room = Math.Max(0, most - fixedWords);

        // worth[i][w]: the best worth of the first i sentences in exactly w words; below 0 where w cannot be reached.
        var worth = new int[optional.Length + 1][];
        worth[0] = new int[room + 1];
        Array.Fill(worth[0], -1);
        worth[0][0] = 0;
        for (var i = 0; i < optional.Length; i++)
        {
            var words = Composition.CountWords(optional[i].Text);
            worth[i + 1] = [.. worth[i]];
            for (var w = words; w <= room; w++)
            {
                if (worth[i][w - words] >= 0)
                    worth[i + 1][w] = Math.Max(worth[i + 1][w], worth[i][w - words] + Worth(optional[i]));
            }
        }

        var target = Best(worth[^1], Math.Max(0, fewest - fixedWords));
        var kept = new HashSet<Sentence>(ReferenceEqualityComparer.Instance);
        for (var i = optional.Length; i > 0; i--)
        {
            if (worth[i][target] == worth[i - 1][target])
                continue;
            kept.Add(optional[i - 1]);
            target -= Composition.CountWords(optional[i - 1].Text);
        }

        return [.. sentences.Where(s => s.Drop == 0 || kept.Contains(s))];
    }

    /// <summary>Shares whole seconds out by words: rounded down, and what is left to those who lost most by it. At least one each.</summary>
    public static int[] Share(int seconds, IReadOnlyList<int> words)
    {
        var total = Math.Max(1, words.Sum());
        var shares = words.Select(w => Math.Max(1, seconds * w / total)).ToArray();
        var order = Enumerable.Range(0, words.Count).OrderByDescending(i => seconds * words[i] % total).ThenBy(i => i).ToArray();
        for (var i = 0; shares.Sum() != seconds; i++)
            shares[order[i % order.Length]] += Math.Sign(seconds - shares.Sum());
        return shares;
    }

    private static int Best(int[] worth, int fewest)
    {
        var best = -1;
        for (var w = Math.Min(fewest, worth.Length); w < worth.Length; w++)
        {
            if (worth[w] >= 0 && (best < 0 || worth[w] > worth[best]))
                best = w;
        }

        for (var w = worth.Length - 1; best < 0; w--)
        {
            if (worth[w] >= 0)
                best = w;
        }

        return best;
    }

    private static int Worth(Sentence sentence) => 60 / sentence.Drop;
}
