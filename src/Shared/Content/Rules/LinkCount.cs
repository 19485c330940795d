namespace ProspectOps.Content.Rules;

/// <summary>Few links: each one costs trust, and filters count them.</summary>
internal sealed class LinkCount(int limit) : IQualityRule
{
    private static readonly string[] Marks = ["://", "www."];

    public string Id => "links";

    public int Weight => 15;

    public string? Check(CheckedMessage message)
    {
        var count = 0;
        foreach (var mark in Marks)
        {
            for (var at = message.Body.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = message.Body.IndexOf(mark, at + mark.Length, StringComparison.OrdinalIgnoreCase))
            {
                // "https://www." is one link.
                if (mark != "www." || at == 0 || message.Body[at - 1] != '/')
                    count++;
            }
        }

        return count > limit ? $"The text has {count} links; {limit} is the limit." : null;
    }
}
