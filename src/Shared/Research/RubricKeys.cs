namespace ProspectOps.Research;

/// <summary>The keys that every rubric has, whatever the industry.</summary>
public static class RubricKeys
{
    public const string Executive = "executive";
    public const string Director = "director";
    public const string Manager = "manager";
    public const string Specialist = "specialist";

    public const string IndustryDomain = "industry";
    public const string BusinessDomain = "business";
    public const string FreeDomain = "free";

    /// <summary>Keys of <see cref="ScoringRubric.Seniority"/>, the highest first.</summary>
    public static IReadOnlyList<string> Seniority { get; } = [Executive, Director, Manager, Specialist];

    /// <summary>Keys of <see cref="ScoringRubric.Domain"/>.</summary>
    public static IReadOnlyList<string> Domain { get; } = [IndustryDomain, BusinessDomain, FreeDomain];
}
