namespace ProspectOps.Functions.OpenApi;

/// <summary>The type of an HTTP function's JSON body.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute(Type body) : Attribute
{
    public Type Body { get; } = body;

    /// <summary>JSON to show; without one it is made from the type.</summary>
    public string? Example { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool IsOptional { get; init; }
}
