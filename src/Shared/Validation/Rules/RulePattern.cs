using System.Text.RegularExpressions;

namespace ProspectOps.Validation;

/// <summary>A regular expression of a tenant, in the engine that does not backtrack and under a time limit.</summary>
/// <remarks>Time grows with the text alone, which has 254 characters at most; what is left to fear is a pattern that is large once its
/// repetitions are written out, and such a one is refused by trying it. Look-arounds and back references do not exist in this engine.</remarks>
internal static class RulePattern
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(50);

    // What a costly pattern is likely to show on: nearly matching, all the way.
    private static readonly string[] Trials = [new('a', 240), string.Concat(Enumerable.Repeat("a1.", 80)), new string('a', 60) + "@" + string.Concat(Enumerable.Repeat("b-1.", 45)) + "com"];

    /// <summary>The expression, or null and what is wrong with it.</summary>
    public static Regex? TryCreate(string pattern, out string? fault)
    {
        if (LargestRepetition(pattern) > 1_000)
        {
            fault = "repeats more than 1,000 times";
            return null;
        }
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeLimit);
            foreach (var trial in Trials)
                regex.IsMatch(trial);
            fault = null;
            return regex;
        }
        catch (RegexParseException e)
        {
            fault = $"is no regular expression: {e.Error} at {e.Offset}";
        }
        catch (NotSupportedException)
        {
            fault = "uses look-around, back references or atomic groups, which are not to be had";
        }
        catch (RegexMatchTimeoutException)
        {
            fault = "takes too long to match";
        }
        return null;
    }

    /// <summary>Whether the expression is found in the text; one that runs out of time is not.</summary>
    public static bool IsFoundIn(this Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>What nested repetitions such as <c>(a{100}){100}</c> come to, written out.</summary>
    private static long LargestRepetition(string pattern)
    {
        long product = 1;
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var close = pattern.IndexOf('}', open);
            if (close < 0)
                break;
            long largest = 1;
            foreach (var number in pattern[(open + 1)..close].Split(','))
                largest = long.TryParse(number, out var value) ? Math.Max(largest, value) : largest;
            product = Math.Min(product * Math.Max(1, largest), int.MaxValue);
        }
        return product;
    }
}
