namespace ProspectOps.Content.Rules;

/// <summary>Holds a message against every rule: 100 points less what its faults weigh, and never below 0.</summary>
internal sealed class QualityGate(IEnumerable<IQualityRule> rules)
{
    /// <summary>The fault that only a batch shows.</summary>
    public const string Sameness = "sameness";

    private const int SamenessWeight = 25;

    private readonly IQualityRule[] _rules = [.. rules];

    public IReadOnlyList<IQualityRule> Rules => _rules;

    public static QualityGate For(ContentOptions options) => new([
        new SubjectLength(options.SubjectLimit),
        new BodyLength(),
        new SpamWords(),
        new LinkCount(options.Links),
        new Shouting(),
        new PersonalTokens(options.PersonalFacts),
        new Readability(options.ReadingGrade),
        new UnsupportedClaims(),
        new Leftovers(),
        new GreetingName(),
        new OneQuestion(),
        new ToneFaults(),
    ]);

    /// <param name="sameness">The largest share of its own wording that another message of the batch has too, 0 to 1.</param>
    public Quality Judge(CheckedMessage message, double sameness = 0, double samenessLimit = 1)
    {
        List<QualityIssue>? issues = null;
        var score = 100;
        foreach (var rule in _rules)
        {
            if (rule.Check(message) is not { } fault)
                continue;
            (issues ??= []).Add(new(rule.Id, fault));
            score -= rule.Weight;
        }

        if (sameness > samenessLimit)
        {
            (issues ??= []).Add(new(Sameness, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sameness * 100:0} % of the wording is in another message of this batch; {samenessLimit * 100:0} % is the limit.")));
            score -= SamenessWeight;
        }

        return new(Math.Max(0, score), issues is null ? [] : issues);
    }
}
