using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

/// <summary>The address by RFC 5321. <c>Domain</c> as given, <c>Ascii</c> its A-label form.</summary>
public sealed record SyntaxCheck(
    bool Valid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Local,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Domain,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Ascii,
    string? Error)
{
    internal static SyntaxCheck Of(EmailAddress address) => new(true, address.Local, address.Domain, address.Ascii, null);
}
