using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>How a tenant's CRM wants its results.</summary>
/// <param name="FieldMapping">Our field to the CRM's name for it; what is not named keeps ours.</param>
/// <param name="SendBack">Which of <see cref="CrmFields"/>.</param>
/// <param name="Verdicts">Addresses with these verdicts alone; empty for all.</param>
public sealed record CrmConfig(IReadOnlyDictionary<string, string> FieldMapping, IReadOnlyList<string> SendBack, IReadOnlyList<Verdict> Verdicts)
{
    public static CrmConfig Usual { get; } = new(new Dictionary<string, string>(), CrmFields.Usual, []);

    public bool Wants(Verdict verdict) => Verdicts.Count == 0 || Verdicts.Contains(verdict);
}
