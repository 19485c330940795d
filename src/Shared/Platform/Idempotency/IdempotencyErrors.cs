using ProspectOps.Platform.Errors;

namespace ProspectOps.Platform.Idempotency;

public static class IdempotencyErrors
{
    private static readonly string[] Differs = ["differs from the first request"];

    public static DomainError InProgress { get; } = new(ErrorKind.Conflict, "idempotency_in_progress", "The first request with this Idempotency-Key is still running.")
    {
        Fix = "Wait, then send the same request again: it answers what the first one did.",
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static DomainError KeyInvalid { get; } = new(ErrorKind.Invalid, "idempotency_key_invalid", "The Idempotency-Key is empty, longer than 255 characters, or not printable ASCII without spaces.")
    {
        Fix = "Send 1 to 255 printable ASCII characters without spaces, such as a UUID.",
    };

    public static DomainError Reused(IReadOnlyList<string> fields) => new(
        ErrorKind.Conflict, "idempotency_key_reused", $"The Idempotency-Key was used with another body; what differs: {string.Join(", ", fields)}.")
    {
        Fix = "Send the first body again, or use a new key for the new request.",
        Errors = fields.ToDictionary(field => field, _ => Differs),
    };
}
