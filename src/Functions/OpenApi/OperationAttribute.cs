namespace ProspectOps.Functions.OpenApi;

/// <summary>What an HTTP function does, in one sentence, as the API document says it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string summary) : Attribute
{
    public string Summary { get; } = summary;

    /// <summary>What a caller should know beside; Markdown.</summary>
    public string? Description { get; init; }
}
