using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Suppressions;

public static class SuppressionErrors
{
    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "suppression_not_found", "The address is not suppressed.")
    {
        Fix = "Look it up with GET /api/suppressions?email=.",
    };
}
