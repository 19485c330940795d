namespace ProspectOps.Tenancy;

/// <summary>When, from where and by what a key was last used.</summary>
/// <param name="Agent">Header <c>User-Agent</c>, cut.</param>
public sealed record KeyUsed(string KeyId, DateTimeOffset At, string? Address, string? Agent);
