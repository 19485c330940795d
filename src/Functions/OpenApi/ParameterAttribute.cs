namespace ProspectOps.Functions.OpenApi;

/// <summary>A parameter: of the path where the route has it, else of the query.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ParameterAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public Type Type { get; init; } = typeof(string);

    /// <summary>The values that it can have, where the type does not say.</summary>
    public string[]? OneOf { get; init; }

    public bool Required { get; init; }

    public string? Example { get; init; }
}
