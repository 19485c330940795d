using ProspectOps.Campaigns;
using ProspectOps.Validation;

namespace ProspectOps.Pipeline;

/// <summary>What the validate stage found of a person.</summary>
/// <param name="Validation">Null without an address.</param>
/// <param name="Email">Kept for those who stop here, for the list of what was rejected.</param>
public sealed record CheckedProspect(int Line, string Key, ProspectValidation? Validation, string? Email)
{
    public bool Stops => Validation?.Verdict == Verdict.Undeliverable;
}
