using System.Text.Json;
using ProspectOps.Campaigns;
using ProspectOps.Platform.Json;

namespace ProspectOps.Clay;

/// <summary>A person as one flat row of a table: what Clay takes is a single object whose keys are columns.</summary>
public static class PersonCells
{
    public const string PoRowId = "po_row_id";

    /// <summary>The JSON of a row. Pure.</summary>
    public static byte[] Json(string poRowId, CampaignProspect person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var prospect = person.Prospect;
        var cells = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            [PoRowId] = poRowId,
            ["prospect_key"] = person.ProspectKey,
            ["email"] = prospect.Email,
            ["first_name"] = prospect.FirstName,
            ["last_name"] = prospect.LastName,
            ["title"] = prospect.Title,
            ["company"] = prospect.Company,
            ["company_domain"] = prospect.CompanyDomain,
            ["employees"] = prospect.Employees,
            ["country"] = prospect.Country,
            ["linkedin_url"] = prospect.LinkedinUrl,
            ["notes"] = prospect.Notes,
            ["tier"] = person.Analysis.Tier.ToString(),
            ["score"] = person.Analysis.Score,
            ["validation"] = person.Validation?.Verdict.ToString().ToLowerInvariant(),
        };
        // A custom field does not take the place of one of ours.
        foreach (var (name, value) in prospect.Custom ?? new Dictionary<string, string>())
            cells.TryAdd(name, value);
        return JsonSerializer.SerializeToUtf8Bytes(cells.Where(cell => cell.Value is not null).ToDictionary(), JsonDefaults.Options);
    }
}
