using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProspectOps.Research;

namespace ProspectOps.Functions.Platform;

/// <summary>What the operator has to mend before the app can start, without a stack trace in front of it.</summary>
public static partial class StartFailure
{
    /// <returns><see langword="null"/> where settings and packs are not to blame.</returns>
    public static string? Of(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(failure => Worded(invalid.OptionsType, failure))),
        AggregateException { InnerExceptions: var all } when all.Select(Of).ToArray() is { Length: > 0 } texts && !texts.Contains(null) => string.Join(Environment.NewLine, texts),
        InvalidPacksException => exception.Message,
        InvalidOperationException when exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => exception.Message,
        _ => null,
    };

    private static string Worded(Type options, string failure)
    {
        if (Annotation().Match(failure) is not { Success: true, Groups: [_, var member, var error] })
            return failure;
        var section = options.GetField("Section")?.GetRawConstantValue() as string ?? options.Name.Replace("Options", "", StringComparison.Ordinal);
        return $"{section}:{member.Value}: {error.Value}";
    }

    [GeneratedRegex("^DataAnnotation validation failed for '.*' members: '(\\w+)' with the error: '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Annotation();
}
