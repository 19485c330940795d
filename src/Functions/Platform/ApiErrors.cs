using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Platform;

/// <summary>Refusals that are about HTTP itself.</summary>
internal static class ApiErrors
{
    public static DomainError Internal { get; } = new(ErrorKind.Unavailable, "internal_error", "Something went wrong on our side.")
    {
        Fix = "Try again; if it stays, tell the operator the requestId.",
    };

    public static DomainError RouteNotFound { get; } = new(ErrorKind.NotFound, "route_not_found", "There is nothing at this path.")
    {
        Fix = "Check the path against the API's documentation.",
    };

    public static DomainError CodeNotFound { get; } = new(ErrorKind.NotFound, "error_not_found", "There is no error with this code.")
    {
        Fix = "Ask with the code of a problem.",
    };

    public static DomainError MethodNotAllowed(string method, IEnumerable<string> allowed) => new(
        ErrorKind.MethodNotAllowed, "method_not_allowed", $"{method} is not a method of this path.")
    {
        Fix = $"Use {string.Join(" or ", allowed)}.",
    };

    public static DomainError UnsupportedType(string expected) => new(ErrorKind.UnsupportedType, "unsupported_media_type", $"The body's content type is not {expected}.")
    {
        Fix = $"Send Content-Type: {expected}.",
    };

    public static DomainError BodyPacked { get; } = new(ErrorKind.UnsupportedType, "unsupported_media_type", "The body is packed, and packed bodies are not taken.")
    {
        Fix = "Send the body as it is, without Content-Encoding.",
    };

    public static DomainError BodyTooLarge(long mostBytes) => new(ErrorKind.TooLarge, "body_too_large", $"The body is larger than {mostBytes / 1024 / 1024} MiB.")
    {
        Fix = "Send less at once; lists of people go through POST /api/uploads.",
    };

    public static DomainError JsonInvalid(string detail) => new(ErrorKind.Invalid, "json_invalid", detail)
    {
        Fix = "Send one JSON object.",
    };

    public static DomainError QueryInvalid(string name, string message) => new(ErrorKind.Invalid, "validation_failed", "The request has fields that cannot be used.")
    {
        Fix = "Correct the fields named in errors.",
        Errors = new Dictionary<string, string[]> { [name] = [message] },
    };

    public static DomainError CursorInvalid { get; } = new(ErrorKind.Invalid, "cursor_invalid", "The cursor is not one that this list answered.")
    {
        Fix = "Use nextCursor as it was answered, with the same filters.",
    };

    /// <summary>What the server refused before we read it.</summary>
    public static DomainError BadRequest(int status) => status == 413
        ? new(ErrorKind.TooLarge, "body_too_large", "The body is larger than is taken.") { Fix = "Send less at once." }
        : new(ErrorKind.Invalid, "request_malformed", "The request could not be read to its end.") { Fix = "Send it again, whole." };
}
