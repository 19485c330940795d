namespace ProspectOps.Functions.Platform;

/// <summary>What one HTTP function needs, and what is kept of its calls.</summary>
/// <param name="Scope">The scope needed; empty where any key will do, null where none is needed.</param>
/// <param name="Route">As clients see it.</param>
/// <param name="AuditAction">What a call is called in the audit log; null where it has no place there, or keeps it itself.</param>
/// <param name="MayBeSigned">Whether a signature will do in place of a key.</param>
public sealed record FunctionRule(string? Scope, string Route, string? AuditAction, bool MayBeSigned);
