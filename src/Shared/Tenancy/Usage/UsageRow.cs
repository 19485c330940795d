namespace ProspectOps.Tenancy.Usage;

/// <summary>What one key used for one operation on one day.</summary>
/// <param name="KeyId">Without prefix; empty for work that no key asked for.</param>
/// <param name="Operation">The function that was called, or the kind of work.</param>
public sealed record UsageRow(DateOnly Day, string KeyId, string Operation, UsageCounts Counts);
