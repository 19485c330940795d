namespace ProspectOps.Functions.OpenApi;

/// <summary>Content types of a file that an HTTP function takes as its body, beside its JSON if it has any.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesFileAttribute(params string[] contentTypes) : Attribute
{
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}
