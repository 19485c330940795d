using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

/// <summary>What was looked at, part by part.</summary>
/// <param name="Rule">The rule that decided, if one did.</param>
public sealed record ValidationChecks(
    SyntaxCheck Syntax,
    MxCheck Mx,
    SmtpCheck Smtp,
    bool Disposable,
    bool RoleAccount,
    bool FreeProvider,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Rule);
