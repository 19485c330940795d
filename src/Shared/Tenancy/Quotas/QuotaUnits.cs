namespace ProspectOps.Tenancy.Quotas;

/// <summary>Money as <see cref="QuotaMetric.Llm"/> counts it.</summary>
public static class QuotaUnits
{
    private const decimal PerUsd = 1_000_000m;

    /// <summary>Rounded up: what costs anything costs a unit.</summary>
    public static long OfUsd(decimal usd) => (long)Math.Ceiling(usd * PerUsd);

    public static decimal ToUsd(long units) => units / PerUsd;
}
