namespace ProspectOps.Functions.OpenApi;

/// <summary>A status that an HTTP function answers when it did what it was asked to, and the JSON with it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status { get; } = status;

    /// <summary>Null where the answer has no body.</summary>
    public Type? Body { get; } = body;

    /// <summary>When it is this one; needed where there are several.</summary>
    public string? When { get; init; }
}
