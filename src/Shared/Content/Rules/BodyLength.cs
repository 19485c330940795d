namespace ProspectOps.Content.Rules;

/// <summary>A first message is 50 to 125 words, later ones are shorter: long ones are not read, very short ones say nothing.</summary>
internal sealed class BodyLength : IQualityRule
{
    public string Id => "body_length";

    public int Weight => 15;

    public string? Check(CheckedMessage message)
    {
        var words = message.Measure.Words;
        var (fewest, most) = message.Words;
        return words < fewest ? $"The text has {words} words; at least {fewest} are needed."
            : words > most ? $"The text has {words} words; {most} is the limit."
            : null;
    }
}
