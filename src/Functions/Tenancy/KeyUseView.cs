namespace ProspectOps.Functions.Tenancy;

/// <summary>When, from where and by what a key was last used.</summary>
public sealed record KeyUseView(DateTimeOffset At, string? Address, string? Agent);
