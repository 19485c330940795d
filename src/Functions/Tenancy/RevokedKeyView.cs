namespace ProspectOps.Functions.Tenancy;

/// <summary>A key that ended.</summary>
public sealed record RevokedKeyView(string KeyId, DateTimeOffset RevokedAt);
