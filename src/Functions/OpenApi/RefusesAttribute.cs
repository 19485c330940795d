namespace ProspectOps.Functions.OpenApi;

/// <summary>Codes of refusals that are an HTTP function's own, beside those that follow from how it is called.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes { get; } = codes;
}
