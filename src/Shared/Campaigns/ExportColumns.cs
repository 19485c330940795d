using System.Globalization;

namespace ProspectOps.Campaigns;

/// <summary>What stands in an exported file: ours, or the names that a sequencer imports without mapping; what it does not know it keeps as variables.</summary>
/// <remarks>Source: the import pages of Instantly, lemlist and Smartlead, as docs/exports.md sums them up.</remarks>
public static class ExportColumns
{
    public const int MostSteps = 10;

    public static bool IsKnown(string format) => format is "csv" or "instantly" or "lemlist" or "smartlead";

    public static IReadOnlyList<ExportColumn> Of(string format, int steps) => format switch
    {
        "csv" => [.. Own(), .. Messages(steps, "subject_{0}", "body_{0}")],
        "instantly" => [.. Person("email", "first_name", "last_name", "company_name", "title", "website", "linkedin_url"), .. Worth(), .. Messages(steps, "subject_{0}", "body_{0}")],
        "lemlist" => [.. Person("email", "firstName", "lastName", "companyName", "jobTitle", "companyDomain", "linkedinUrl"), .. Worth(), .. Messages(steps, "subject{0}", "body{0}")],
        "smartlead" => [.. Person("email", "first_name", "last_name", "company_name", "job_title", "website", "linkedin_profile"), .. Worth(), .. Messages(steps, "subject_{0}", "body_{0}")],
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static IEnumerable<ExportColumn> Own() =>
    [
        new("prospect_key", person => person.ProspectKey),
        .. Person("email", "first_name", "last_name", "company", "title", "website", "linkedin_url"),
        new("employees", person => person.Prospect.Employees),
        new("country", person => person.Prospect.Country),
        new("notes", person => person.Prospect.Notes),
        .. Worth(),
        new("confidence", person => person.Analysis.Confidence),
        new("reasons", person => string.Join("; ", person.Analysis.Reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Factor} {reason.Points:+0;-0;0}: {reason.Evidence}")))),
        new("approach", person => person.Analysis.Approach),
        new("validation", person => person.Validation?.Verdict.ToString().ToLowerInvariant()),
        new("validation_reasons", person => person.Validation is { } validation ? string.Join(' ', validation.Reasons) : null),
        new("custom", person => person.Prospect.Custom is { Count: > 0 } custom ? string.Join("; ", custom.Select(pair => $"{pair.Key}={pair.Value}")) : null),
    ];

    private static IEnumerable<ExportColumn> Person(string email, string firstName, string lastName, string company, string title, string website, string linkedin) =>
    [
        new(email, person => person.Prospect.Email),
        new(firstName, person => person.Prospect.FirstName),
        new(lastName, person => person.Prospect.LastName),
        new(company, person => person.Prospect.Company),
        new(title, person => person.Prospect.Title),
        new(website, person => person.Prospect.CompanyDomain),
        new(linkedin, person => person.Prospect.LinkedinUrl),
    ];

    private static IEnumerable<ExportColumn> Worth() =>
    [
        new("tier", person => person.Analysis.Tier),
        new("score", person => person.Analysis.Score),
    ];

    private static IEnumerable<ExportColumn> Messages(int steps, string subject, string body)
    {
        for (var step = 1; step <= steps; step++)
        {
            var number = step;
            yield return new(string.Format(CultureInfo.InvariantCulture, subject, number), person => person.Content?.Emails.FirstOrDefault(email => email.Step == number)?.Subject);
            yield return new(string.Format(CultureInfo.InvariantCulture, body, number), person => person.Content?.Emails.FirstOrDefault(email => email.Step == number)?.Body);
        }
    }
}
