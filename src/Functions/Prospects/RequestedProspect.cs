using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Prospects;

/// <summary>The person that a request is about.</summary>
internal static class RequestedProspect
{
    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public static Prospect Require(string? industry, Prospect? prospect)
    {
        var errors = new FieldErrors();
        errors.Require(industry is { Length: > 0 }, "industry", "must name an industry");
        var check = prospect is null ? null : ProspectRules.Check(prospect);
        if (check is null)
            errors.Add("prospect", "must be given");
        else if (!check.IsAccepted)
            errors.Add(check.Field is null ? "prospect" : $"prospect.{check.Field}", check.Rejection);
        errors.ThrowIfAny();
        return check!.Prospect!;
    }
}
