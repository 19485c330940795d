namespace ProspectOps.Functions.Platform;

/// <summary>A function with a <c>:write</c> scope whose calls are no entries of the audit log, for the reason given: it records what it does itself, or changes nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotAuditedAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
