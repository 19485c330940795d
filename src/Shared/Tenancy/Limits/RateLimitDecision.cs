namespace ProspectOps.Tenancy.Limits;

/// <summary>What the headers <c>RateLimit-*</c> tell.</summary>
public readonly record struct RateLimitDecision(bool Allowed, int Limit, int Remaining, int ResetSeconds);
