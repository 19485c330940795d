using ProspectOps.Platform.Errors;

namespace ProspectOps.Inbound;

public static class InboundErrors
{
    public static DomainError Missing { get; } = new(ErrorKind.Unauthenticated, "signature_missing", "The request carries neither a token nor a signature.")
    {
        Fix = "Send the token in x-clay-webhook-auth, or X-Key-Id, X-Timestamp and X-Signature.",
    };

    /// <summary>Unknown key, wrong token and wrong signature look the same from outside, so that none can be told from another.</summary>
    public static DomainError Invalid { get; } = new(ErrorKind.Unauthenticated, "signature_invalid", "The token or the signature is not right.")
    {
        Fix = "Sign timestamp, a dot and the raw body with HMAC-SHA256 under the secret as it was shown; or ask for a new token.",
    };

    public static DomainError Stale { get; } = new(ErrorKind.Unauthenticated, "timestamp_stale", "The timestamp is missing, or over five minutes off.")
    {
        Fix = "Send the present time as unix seconds, and sign it; check the sender's clock.",
    };

    /// <summary>Whether somebody did not prove who they are.</summary>
    public static bool IsFailedSignIn(DomainError error) => error == Missing || error == Invalid || error == Stale;
}
