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
    // A failure has to fit one column of the instance's row. What is longer helps nobody.
    private const int LongestText = 4_000;
    private const int LongestTextOfCause = 1_000;
    private const int MostCauses = 3;

    public static FailureRecord From(Exception exception) => From(TaskFailureDetails.FromException(exception), 0)!;

    public TaskFailureDetails ToDetails() => new(ErrorType, ErrorMessage, StackTrace, Cause?.ToDetails(), null);

    private static FailureRecord? From(TaskFailureDetails? details, int depth)
    {
        if (details is null || depth > MostCauses)
            return null;
        var longest = depth == 0 ? LongestText : LongestTextOfCause;
        return new FailureRecord(
            Cut(details.ErrorType, longest), Cut(details.ErrorMessage, longest),
            details.StackTrace is { } stack ? Cut(stack, longest) : null, From(details.InnerFailure, depth + 1));
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
