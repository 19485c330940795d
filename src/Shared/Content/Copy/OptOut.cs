using System.Collections.Frozen;
using ProspectOps.Research;

namespace ProspectOps.Content.Copy;

/// <summary>When a message has to offer a way out. The first always does; the others where a rule that applies to the person asks for it.</summary>
internal static class OptOut
{
    private static readonly FrozenSet<string> Union = new[]
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsAskedFor(IndustryPack pack, string? country)
    {
        foreach (var note in pack.Compliance)
        {
            if (Asks(note) && Applies(note, country))
                return true;
        }

        return false;
    }

    private static bool Asks(ComplianceNote note) =>
        note.Id.Contains("opt", StringComparison.OrdinalIgnoreCase)
        || note.Text.Contains("opt out", StringComparison.OrdinalIgnoreCase)
        || note.Text.Contains("opt-out", StringComparison.OrdinalIgnoreCase)
        || note.Text.Contains("unsubscribe", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the country is not known as a code, every rule applies: the careful reading.</summary>
    private static bool Applies(ComplianceNote note, string? country)
    {
        var code = country?.Trim();
        if (code is not { Length: 2 })
            return true;
        foreach (var region in note.Region)
        {
            if (region == "*" || region.Equals(code, StringComparison.OrdinalIgnoreCase) || (region.Equals("EU", StringComparison.OrdinalIgnoreCase) && Union.Contains(code)))
                return true;
        }

        return false;
    }
}
