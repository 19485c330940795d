namespace ProspectOps.Platform.Errors;

/// <summary>What sort of refusal an error is; the HTTP status follows from it.</summary>
public enum ErrorKind
{
    Invalid,
    Unauthenticated,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Conflict,
    TooLarge,
    UnsupportedType,
    TooMany,
    Unavailable,
}
