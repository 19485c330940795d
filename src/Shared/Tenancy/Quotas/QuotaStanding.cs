namespace ProspectOps.Tenancy.Quotas;

/// <summary>How one quota stands. Other processes may hold up to 1 % of what is left of it that counts as used until they use it or give it back.</summary>
/// <param name="Used">Units, in work done and work under way.</param>
public sealed record QuotaStanding(QuotaWindow Window, QuotaMetric Metric, long Used)
{
    /// <summary>Units as people count them: addresses, or dollars.</summary>
    public static decimal Shown(QuotaMetric metric, long units) => metric == QuotaMetric.Llm ? QuotaUnits.ToUsd(units) : units;
}
