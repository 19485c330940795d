using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Validation;

namespace ProspectOps.Campaigns;

/// <summary>What a campaign holds and what became of it; every kind is named, 0 included.</summary>
/// <param name="ByValidation">Everybody whose address was judged, those too who stopped there.</param>
public sealed record CampaignCounts(
    long Prospects,
    IReadOnlyDictionary<string, long> ByTier,
    IReadOnlyDictionary<string, long> ByValidation,
    long Generated,
    long Delivered,
    long Opened,
    long Clicked,
    long Replied,
    long Unsubscribed)
{
    internal static string Column(Tier tier) => $"Tier{tier}";

    internal static string Column(Verdict verdict) => $"Verdict{verdict}";

    internal static CampaignCounts Sum(IReadOnlyCollection<TableRow> counters)
    {
        return new CampaignCounts(
            Total("Prospects"),
            Enum.GetValues<Tier>().ToDictionary(tier => tier.ToString(), tier => Total(Column(tier))),
            Enum.GetValues<Verdict>().ToDictionary(verdict => verdict.ToString().ToLowerInvariant(), verdict => Total(Column(verdict))),
            Total("Generated"), Total("Delivered"), Total("Opened"), Total("Clicked"), Total("Replied"), Total("Unsubscribed"));

        long Total(string name) => counters.Sum(counter => counter.Number(name));
    }
}
