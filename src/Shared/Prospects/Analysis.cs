namespace ProspectOps.Prospects;

/// <summary>What is thought of one person, and why.</summary>
/// <param name="Score">0 to 100; the sum of the reasons' points.</param>
/// <param name="Confidence">0 to 1: how much of what the rubric asks for was known.</param>
/// <param name="Source"><c>rules</c>, or the model's vendor.</param>
public sealed record Analysis(
    string ProspectKey,
    int Score,
    Tier Tier,
    IReadOnlyList<ScoreReason> Reasons,
    IReadOnlyList<string> PainPoints,
    IReadOnlyList<string> BuyingSignals,
    string Approach,
    double Confidence,
    string Source,
    bool Cached,
    ModelUsage Usage);
