namespace ProspectOps.Functions.OpenApi;

/// <summary>An HTTP function that takes an <c>Idempotency-Key</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
