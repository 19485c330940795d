using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>What can be sent back of an address, by name.</summary>
public static class CrmFields
{
    private static readonly Dictionary<string, Func<ValidationResult, object?>> Values = new(StringComparer.Ordinal)
    {
        ["email"] = result => result.Email,
        ["normalized"] = result => result.Normalized,
        ["verdict"] = result => result.Verdict,
        ["score"] = result => result.Score,
        ["reasons"] = result => result.Reasons,
        ["suggestion"] = result => result.Suggestion,
        ["disposable"] = result => result.Checks.Disposable,
        ["roleAccount"] = result => result.Checks.RoleAccount,
        ["freeProvider"] = result => result.Checks.FreeProvider,
        ["checkedAt"] = result => result.CheckedAt,
    };

    public static IReadOnlyList<string> All { get; } = [.. Values.Keys];

    public static IReadOnlyList<string> Usual { get; } = ["email", "verdict", "score", "reasons"];

    public static bool IsKnown(string field) => Values.ContainsKey(field);

    /// <summary>One address as the CRM wants it: its fields, by its names. Pure.</summary>
    public static IReadOnlyDictionary<string, object?> Of(ValidationResult result, CrmConfig config)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(config);
        return config.SendBack
            .Select(field => (Name: config.FieldMapping.GetValueOrDefault(field, field), Value: Values[field](result)))
            .Where(field => field.Value is not null)
            .ToDictionary(field => field.Name, field => field.Value);
    }
}
