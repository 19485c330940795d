using System.Globalization;
using ProspectOps.Campaigns;
using ProspectOps.Content;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Tests;

/// <summary>People of campaigns, with keys as the product makes them.</summary>
internal static class SomePeople
{
    public static TenantId Tenant { get; } = TenantId.Parse("acme");

    public static CampaignProspect Of(int number, int score = 70, Tier tier = Tier.B, Verdict? verdict = Verdict.Deliverable)
    {
        var prospect = new Prospect { Email = string.Create(CultureInfo.InvariantCulture, $"person{number}@example.com"), FirstName = "Kim", LastName = $"Number {number}", Company = "Acme" };
        var key = ProspectKey.Of(Tenant.Value, prospect);
        var analysis = new Analysis(key, score, tier, [new ScoreReason("role", score, "title")], [], [], "Ask.", 0.5, "rules", false, ModelUsage.None);
        var validation = verdict is { } one ? new ProspectValidation(one, 90, ["mx_found"], new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.Zero)) : null;
        return new CampaignProspect(key, prospect, validation, analysis, null, ProspectTracking.None);
    }

    /// <summary>People of one partition of a campaign.</summary>
    public static IReadOnlyList<CampaignProspect> InShard(ProspectShard shard, int count) =>
        [.. Enumerable.Range(0, 100_000).Select(number => Of(number)).Where(person => ProspectShard.OfKey(person.ProspectKey) == shard).Take(count)];

    public static CampaignProspect WithMail(this CampaignProspect person, params ReadOnlySpan<string> subjects)
    {
        var emails = new List<GeneratedEmail>();
        foreach (var subject in subjects)
            emails.Add(new GeneratedEmail(emails.Count + 1, emails.Count * 3, subject, $"Body of {subject}", [], new Quality(100, [])));
        return person with { Content = new ProspectContent(emails) };
    }
}
