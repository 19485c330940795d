namespace ProspectOps.Content.Rules;

/// <summary>Whether a path of evidence leads to something in the request, so that nobody can cite what is not there.</summary>
internal static class EvidencePath
{
    public static bool Exists(ContentRequest request, string path)
    {
        var parts = path.Split('.', 3);
        if (parts.Length < 2)
            return false;
        var name = parts[1];
        var rest = parts.Length > 2 ? parts[2] : null;
        return parts[0] switch
        {
            "prospect" => OfProspect(request, name, rest),
            "sender" => request.Sender is { } sender && (name switch
            {
                "name" => sender.Name,
                "title" => sender.Title,
                "company" => sender.Company,
                "offer" => sender.Offer,
                _ => null,
            }) is not null,
            "analysis" => request.Analysis is { } analysis && (name switch
            {
                "buyingSignals" => analysis.BuyingSignals.Count > 0,
                "painPoints" => analysis.PainPoints.Count > 0,
                "approach" => analysis.Approach.Length > 0,
                "reasons" => analysis.Reasons.Any(r => rest is null || r.Factor == rest),
                _ => false,
            }),
            "pack" => OfPack(request, name, rest),
            _ => false,
        };
    }

    private static bool OfProspect(ContentRequest request, string name, string? rest)
    {
        var prospect = request.Prospect;
        return name switch
        {
            "email" => prospect.Email is not null,
            "firstName" => prospect.FirstName is not null,
            "lastName" => prospect.LastName is not null,
            "title" => prospect.Title is not null,
            "company" => prospect.Company is not null,
            "companyDomain" => prospect.CompanyDomain is not null,
            "employees" => prospect.Employees is not null,
            "country" => prospect.Country is not null,
            "linkedinUrl" => prospect.LinkedinUrl is not null,
            "notes" => prospect.Notes is not null,
            "custom" => rest is not null && prospect.Custom?.ContainsKey(rest) is true,
            _ => false,
        };
    }

    private static bool OfPack(ContentRequest request, string name, string? id)
    {
        var pack = request.Pack;
        return name switch
        {
            "name" or "summary" or "audience" or "vocabulary" => true,
            "pains" => pack.Pains.Any(p => p.Id == id),
            "valuePropositions" => pack.ValuePropositions.Any(v => v.Id == id),
            "triggers" => pack.Triggers.Any(t => t.Id == id),
            "personas" => pack.Personas.Any(p => p.Id == id),
            "objections" => pack.Objections.Any(o => o.Id == id),
            "compliance" => pack.Compliance.Any(c => c.Id == id),
            _ => false,
        };
    }
}
