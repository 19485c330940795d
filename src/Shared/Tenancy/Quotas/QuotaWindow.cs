namespace ProspectOps.Tenancy.Quotas;

/// <summary>One quota in one day or month.</summary>
/// <param name="Quota">Such as <c>validation.daily</c>.</param>
/// <param name="KeyId">The key that it is of; null for the tenant's.</param>
/// <param name="Limit">Units that may be taken in it.</param>
/// <param name="Row">Its counter's row.</param>
public sealed record QuotaWindow(string Quota, string? KeyId, long Limit, DateTimeOffset ResetsAt, string Row);
