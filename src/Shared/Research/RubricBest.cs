namespace ProspectOps.Research;

/// <summary>The most that each factor of a rubric can give.</summary>
public sealed record RubricBest(int Role, int Seniority, int CompanySize, int Country, int Domain, int FreeText)
{
    public int Total => Role + Seniority + CompanySize + Country + Domain + FreeText;

    public static RubricBest Of(ScoringRubric rubric)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        return new(
            Best(rubric.Role.Values),
            Best(rubric.Seniority.Values),
            Best(rubric.CompanySize.Select(band => band.Points)),
            Best(rubric.Country.Select(group => group.Points).Append(rubric.OtherCountry)),
            Best(rubric.Domain.Values),
            Math.Min(rubric.FreeTextCap, rubric.FreeText.Values.Sum()));
    }

    private static int Best(IEnumerable<int> points) => points.DefaultIfEmpty().Max();
}
