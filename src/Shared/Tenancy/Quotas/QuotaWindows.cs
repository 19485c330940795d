using System.Globalization;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>All windows that a piece of work has to fit into at once. They lie in one partition, so that it is taken from all or from none.</summary>
internal sealed class QuotaWindows
{
    private readonly (QuotaSettings Tenant, QuotaSettings? Key, DateTime Day) _of;

    private QuotaWindows(TenantId tenant, string partition, QuotaMetric metric, IReadOnlyList<QuotaWindow> all, (QuotaSettings, QuotaSettings?, DateTime) of) =>
        (Tenant, Partition, Metric, All, _of) = (tenant, partition, metric, all, of);

    public TenantId Tenant { get; }

    public string Partition { get; }

    public QuotaMetric Metric { get; }

    public IReadOnlyList<QuotaWindow> All { get; }

    /// <summary>Null where no quota is set.</summary>
    public static QuotaWindows? Of(Tenant tenant, KeyRecord? key, QuotaMetric metric, DateTimeOffset now)
    {
        if (!Limits(tenant.Quotas, metric) && (key is null || !Limits(key.Quotas, metric)))
            return null;
        var windows = new List<QuotaWindow>(4);
        Add(windows, tenant.Quotas, null, metric, now);
        if (key is not null)
            Add(windows, key.Quotas, key.KeyId, metric, now);
        return new QuotaWindows(tenant.Id, PartitionOf(tenant.Id, now), metric, windows, (tenant.Quotas, key?.Quotas, now.UtcDateTime.Date));
    }

    public static string PartitionOf(TenantId tenant, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{at.UtcDateTime:yyyyMM}");

    /// <summary>Whether these are still the windows of these quotas at this time.</summary>
    public bool AreOf(QuotaSettings tenant, QuotaSettings? key, DateTimeOffset now) => _of.Day == now.UtcDateTime.Date && _of.Tenant == tenant && _of.Key == key;

    public bool AreThose(QuotaWindows others) => ReferenceEquals(this, others) || (_of == others._of && Tenant == others.Tenant);

    public static bool Limits(QuotaSettings quotas, QuotaMetric metric) => metric switch
    {
        QuotaMetric.Validation => quotas.ValidationDaily is not null || quotas.ValidationMonthly is not null,
        QuotaMetric.Llm => quotas.LlmMonthlyUsd is not null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void Add(List<QuotaWindow> windows, QuotaSettings quotas, string? keyId, QuotaMetric metric, DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date;
        var month = new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (metric == QuotaMetric.Validation && quotas.ValidationDaily is { } daily)
            windows.Add(new QuotaWindow("validation.daily", keyId, daily, new DateTimeOffset(day.AddDays(1), TimeSpan.Zero), Row(string.Create(CultureInfo.InvariantCulture, $"{day:dd}"))));
        if (metric == QuotaMetric.Validation && quotas.ValidationMonthly is { } monthly)
            windows.Add(new QuotaWindow("validation.monthly", keyId, monthly, new DateTimeOffset(month.AddMonths(1), TimeSpan.Zero), Row("month")));
        if (metric == QuotaMetric.Llm && quotas.LlmMonthlyUsd is { } usd)
            windows.Add(new QuotaWindow("llm.monthlyUsd", keyId, QuotaUnits.OfUsd(usd), new DateTimeOffset(month.AddMonths(1), TimeSpan.Zero), Row("month")));

        string Row(string period) => $"c|{metric}|{period}|{keyId ?? "*"}";
    }
}
