using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>The columns of a file of results: the input's, then ours.</summary>
internal static class ResultColumns
{
    private static readonly (string Name, Func<ValidationResult, object?> Value)[] Ours =
    [
        ("verdict", result => Name(result.Verdict)),
        ("score", result => result.Score),
        ("reasons", result => string.Join(' ', result.Reasons)),
        ("normalized", result => result.Normalized),
        ("suggestion", result => result.Suggestion),
        ("mx_found", result => Flag(result.Checks.Mx.Found)),
        ("mx_host", result => result.Checks.Mx.Hosts is [var first, ..] ? first : null),
        ("smtp_accepted", result => Flag(result.Checks.Smtp.Accepted)),
        ("smtp_code", result => result.Checks.Smtp.Code),
        ("catch_all", result => Flag(result.Checks.Smtp.CatchAll)),
        ("disposable", result => Flag(result.Checks.Disposable)),
        ("role_account", result => Flag(result.Checks.RoleAccount)),
        ("free_provider", result => Flag(result.Checks.FreeProvider)),
        ("cached", result => Flag(result.Cached)),
        ("checked_at", result => result.CheckedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private const string DuplicateOf = "duplicate_of";

    /// <summary>All names, each once: one of ours that the input has too gets a number.</summary>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> input)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>();
        // The input's stay as they were, even where two are alike.
        names.AddRange(input);
        taken.UnionWith(input);
        foreach (var name in Ours.Select(column => column.Name).Append(DuplicateOf))
        {
            var unique = name;
            for (var copy = 2; !taken.Add(unique); copy++)
                unique = $"{name}_{copy}";
            names.Add(unique);
        }
        return names;
    }

    public static object?[] Cells(ResultRow row) =>
        [.. row.Cells, .. Ours.Select(column => row.Result is { } result ? column.Value(result) : null), row.DuplicateOf];

    /// <summary>As the API writes it.</summary>
    public static string Name(Verdict verdict) => char.ToLowerInvariant(verdict.ToString()[0]) + verdict.ToString()[1..];

    private static string? Flag(bool? value) => value switch { true => "true", false => "false", null => null };
}
