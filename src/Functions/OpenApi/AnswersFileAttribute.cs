namespace ProspectOps.Functions.OpenApi;

/// <summary>Content types of the file, page or text that an HTTP function answers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersFileAttribute(params string[] contentTypes) : Attribute
{
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}
