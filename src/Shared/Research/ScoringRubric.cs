namespace ProspectOps.Research;

/// <summary>How many points each thing known of a person is worth. The best of every factor add up to 100 at most.</summary>
/// <param name="Role">Points by persona id.</param>
/// <param name="Seniority">Points by level: <c>executive</c>, <c>director</c>, <c>manager</c>, <c>specialist</c>.</param>
/// <param name="CompanySize">Bands of employees.</param>
/// <param name="Country">Points by group of countries; the last resort is <see cref="OtherCountry"/>.</param>
/// <param name="Domain">Points by what the company's domain is: <c>industry</c> (holds one of <see cref="DomainWords"/>), <c>business</c>, <c>free</c>.</param>
/// <param name="FreeText">Points by trigger id, found in title, notes and custom fields; <see cref="FreeTextCap"/> at most in all.</param>
public sealed record ScoringRubric(
    IReadOnlyDictionary<string, int> Role,
    IReadOnlyDictionary<string, int> Seniority,
    IReadOnlyList<SizeBand> CompanySize,
    IReadOnlyList<CountryGroup> Country,
    int OtherCountry,
    IReadOnlyDictionary<string, int> Domain,
    IReadOnlyList<string> DomainWords,
    IReadOnlyDictionary<string, int> FreeText,
    int FreeTextCap);
