namespace ProspectOps.Functions.Tenancy;

/// <summary>Every window that a key has to stay in.</summary>
public sealed record LimitsView(string KeyId, string TenantId, IReadOnlyList<LimitView> Items);
