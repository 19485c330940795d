namespace ProspectOps.Tenancy.Quotas;

/// <summary>What a quota counts.</summary>
public enum QuotaMetric
{
    /// <summary>Addresses validated; one from the cache costs none.</summary>
    Validation,

    /// <summary>What models cost, in millionths of a US dollar.</summary>
    Llm,
}
