using ProspectOps.Validation;

namespace ProspectOps.Prospects;

/// <summary>By what two records are told to be the same person.</summary>
/// <param name="CanonicalEmail">Null where the address is missing or does not parse.</param>
/// <param name="Linkedin">Normalised profile address; null without one.</param>
/// <param name="FirstName">Folded; empty without one.</param>
/// <param name="LastName">Folded; empty without one.</param>
/// <param name="Company">Folded, without its legal form; empty without one.</param>
public sealed record PersonIdentity(string? CanonicalEmail, string? Linkedin, string FirstName, string LastName, string Company)
{
    public static PersonIdentity Of(Prospect prospect)
    {
        ArgumentNullException.ThrowIfNull(prospect);
        return new(
            EmailAddress.CanonicalOf(prospect.Email),
            LinkedinProfile.Normalize(prospect.LinkedinUrl),
            FoldedText.Of(prospect.FirstName),
            FoldedText.Of(prospect.LastName),
            CompanyName.Fold(prospect.Company));
    }

    /// <summary><c>first last|company</c>, with no first name <c>last|company</c>; null without last name or company.
    /// Equal keys are the same person where an address cannot tell.</summary>
    public string? PersonAtCompany => LastName.Length == 0 || Company.Length == 0
        ? null
        // The first name ends in a tab, so that "Ann" "Marie Li" is not "Ann Marie" "Li".
        : FirstName.Length == 0 ? $"{LastName}|{Company}" : $"{FirstName}\t{LastName}|{Company}";

    /// <summary>The one text that stands for the person: the canonical address, else the profile, else person and company.</summary>
    public string? Value => CanonicalEmail ?? Linkedin ?? PersonAtCompany;
}
