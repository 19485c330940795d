namespace ProspectOps.Functions.Platform;

/// <summary>The scope that a key needs to call an HTTP function; <see cref="AnyKey"/> where every key may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresAttribute(string scope) : Attribute
{
    public const string AnyKey = "";

    public string Scope { get; } = scope;

    /// <summary>Whether a signature will do in place of a key; the function then verifies it.</summary>
    public bool OrSigned { get; init; }
}
