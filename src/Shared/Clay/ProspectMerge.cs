using ProspectOps.Prospects;

namespace ProspectOps.Clay;

/// <summary>Puts what came in over what is known of a person. Pure.</summary>
public static class ProspectMerge
{
    /// <summary>What came in counts where both say something; of custom fields the new ones stay where there are too many.</summary>
    public static Prospect Merge(Prospect? known, Prospect incoming)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        return known is null ? incoming : new Prospect
        {
            Email = incoming.Email ?? known.Email,
            FirstName = incoming.FirstName ?? known.FirstName,
            LastName = incoming.LastName ?? known.LastName,
            Title = incoming.Title ?? known.Title,
            Company = incoming.Company ?? known.Company,
            CompanyDomain = incoming.CompanyDomain ?? known.CompanyDomain,
            Employees = incoming.Employees ?? known.Employees,
            Country = incoming.Country ?? known.Country,
            LinkedinUrl = incoming.LinkedinUrl ?? known.LinkedinUrl,
            Notes = incoming.Notes ?? known.Notes,
            Custom = MergeCustom(known.Custom, incoming.Custom),
        };
    }

    private static IReadOnlyDictionary<string, string>? MergeCustom(IReadOnlyDictionary<string, string>? known, IReadOnlyDictionary<string, string>? incoming)
    {
        if (known is null || incoming is null)
            return incoming ?? known;
        var merged = new Dictionary<string, string>(incoming, StringComparer.Ordinal);
        foreach (var (name, value) in known)
        {
            if (merged.Count < ProspectLimits.CustomFields)
                merged.TryAdd(name, value);
        }
        return merged;
    }
}
