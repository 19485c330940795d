using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace ProspectOps.LocalRuntime.Durable.History;

/// <summary>A failure as it is stored.</summary>
internal sealed record FailureRecord(
    [property: JsonPropertyName("t")] string ErrorType,
    [property: JsonPropertyName("m")] string ErrorMessage,
    [property: JsonPropertyName("s")] string? StackTrace = null,
    [property: JsonPropertyName("c")] FailureRecord? Cause = null)
{
    // Stack and message share a row with the rest of the history: what is longer helps nobody and would push it into blobs.
    private const int LongestText = 4_000;

    public static FailureRecord From(Exception exception) => From(TaskFailureDetails.FromException(exception));

    public TaskFailureDetails ToDetails() => new(ErrorType, ErrorMessage, StackTrace, Cause?.ToDetails(), null);

    [return: NotNullIfNotNull(nameof(details))]
    private static FailureRecord? From(TaskFailureDetails? details) => details is null
        ? null
        : new FailureRecord(details.ErrorType, Cut(details.ErrorMessage), details.StackTrace is { } stack ? Cut(stack) : null, From(details.InnerFailure));

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
