
namespace ProspectOps.Prospects;

/// <summary>What a record must hold to be a prospect, wherever it comes from: file, JSON or Clay.</summary>
/// <remarks>An address is never a reason to refuse: one that does not parse is judged later and ends as invalid.</remarks>
public static class ProspectRules
{
    /// <summary>Said where nothing tells who the person is.</summary>
    public const string NobodyNamed = "Neither an e-mail, nor a LinkedIn profile, nor a last name with a company is given.";

    /// <summary>Trims, folds white space, cleans domain and country, checks lengths and characters, and that somebody is named.</summary>
    public static ProspectCheck Check(Prospect prospect)
    {
        var check = CheckFields(prospect);
        return check.Prospect is { Email: null, LinkedinUrl: null } nobody && (nobody.LastName is null || nobody.Company is null)
            ? new(null, null, NobodyNamed)
            : check;
    }

    /// <summary>The same for what is added to a person who is known.</summary>
    public static ProspectCheck CheckFields(Prospect prospect)
    {
        ArgumentNullException.ThrowIfNull(prospect);
        var fields = new FieldRules();
        var custom = fields.Custom(prospect.Custom);
        var result = new Prospect
        {
            Email = FieldRules.Address(prospect.Email),
            FirstName = fields.Line("firstName", prospect.FirstName, ProspectLimits.Name),
            LastName = fields.Line("lastName", prospect.LastName, ProspectLimits.Name),
            Title = fields.Line("title", prospect.Title, ProspectLimits.Title),
            Company = fields.Line("company", prospect.Company, ProspectLimits.Company),
            CompanyDomain = Domain(fields.Line("companyDomain", prospect.CompanyDomain, ProspectLimits.CompanyDomain), ref custom),
            Employees = fields.Employees(prospect.Employees),
            Country = Country(fields.Line("country", prospect.Country, ProspectLimits.Country)),
            LinkedinUrl = Profile(fields.Line("linkedinUrl", prospect.LinkedinUrl, ProspectLimits.LinkedinUrl), ref custom),
            Notes = fields.Text("notes", prospect.Notes, ProspectLimits.Notes),
        };
        return fields.Rejection is not null
            ? new(null, fields.Field, fields.Rejection)
            : new(result with { Custom = custom }, null, null);
    }

    private static string? Country(string? country) => CountryCode.Find(country) ?? country;

    /// <summary>What is no host is not lost: it stays as a custom field.</summary>
    private static string? Domain(string? text, ref IReadOnlyDictionary<string, string>? custom)
    {
        if (text is null)
            return null;
        if (HostName.Of(text) is { } host)
            return host;
        custom = With(custom, "companyDomain", text);
        return null;
    }

    /// <summary>A profile is shown as a link, so no other scheme than the web's may stand in it.</summary>
    private static string? Profile(string? text, ref IReadOnlyDictionary<string, string>? custom)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (text is null || colon < 0 || text.AsSpan(0, colon).IndexOfAny('/', '?', '#') >= 0
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return text;
        custom = With(custom, "linkedinUrl", text);
        return null;
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? custom, string name, string value)
    {
        var more = custom is null ? [] : new Dictionary<string, string>(custom);
        more.TryAdd(name, value);
        return more;
    }
}
