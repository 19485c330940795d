namespace ProspectOps.Content.Rules;

/// <summary>A first message uses what is known of the person: evidence from so many fields of the prospect or lines of the analysis, or from all that there are.</summary>
internal sealed class PersonalTokens(int least) : IQualityRule
{
    public string Id => "personal_facts";

    public int Weight => 15;

    public string? Check(CheckedMessage message)
    {
        if (message.Step != 1)
            return null;
        var needed = Math.Min(least, message.FactsKnown);
        var used = message.Evidence.Select(e => e.From)
            .Where(from => from != "prospect.firstName" && (from.StartsWith("prospect.", StringComparison.Ordinal) || from.StartsWith("analysis.", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal).Count();
        return used < needed ? $"The first message uses {used} facts of the person; {needed} are known and wanted." : null;
    }
}
