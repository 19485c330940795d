using ProspectOps.Platform.Errors;

namespace ProspectOps.Content;

/// <summary>What a writer refuses, in one place.</summary>
internal static class ContentErrors
{
    public static DomainException ToneUnknown(IEnumerable<string> allowed) => new(new(ErrorKind.Invalid, "tone_unknown", "The tone is not one that the templates know.")
    {
        Fix = $"Use one of: {string.Join(", ", allowed)}; or leave it out.",
    });

    public static DomainException LanguageNotAvailable() => new(new(ErrorKind.Invalid, "language_not_available", "The templates are written in English; other languages need the model.")
    {
        Fix = "Use language \"en\", or set up the model for other languages.",
    });

    public static DomainException OutOfRange(string field, int from, int to) => new(new(ErrorKind.Invalid, "value_out_of_range", $"{field} is out of range.")
    {
        Fix = $"Use a value from {from} to {to}.",
        Errors = new Dictionary<string, string[]> { [field] = [$"must be from {from} to {to}"] },
    });
}
