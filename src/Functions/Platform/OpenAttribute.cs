namespace ProspectOps.Functions.Platform;

/// <summary>An HTTP function that is called without a key.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenAttribute : Attribute;
