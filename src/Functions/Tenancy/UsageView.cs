namespace ProspectOps.Functions.Tenancy;

/// <summary>What was used from one day to another, both included.</summary>
public sealed record UsageView(DateOnly From, DateOnly To, string GroupBy, IReadOnlyList<UsageGroupView> Items, UsageGroupView Total);
