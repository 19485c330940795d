namespace ProspectOps.Content.Rules;

/// <summary>One question or call to action: two questions get no answer. What is quoted is not asked.</summary>
internal sealed class OneQuestion : IQualityRule
{
    public string Id => "one_question";

    public int Weight => 10;

    public string? Check(CheckedMessage message)
    {
        if (message.Kind == MessageKind.Video)
            return null;
        var count = 0;
        var quoted = false;
        foreach (var unit in message.Body)
        {
            if (unit == '"')
                quoted = !quoted;
            else if (unit == '?' && !quoted)
                count++;
        }

        return count > 1 ? $"There are {count} questions; one gets an answer." : null;
    }
}
