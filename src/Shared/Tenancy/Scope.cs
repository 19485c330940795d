namespace ProspectOps.Tenancy;

/// <summary>What a key may do: <c>area:read</c>, <c>area:write</c> (which includes reading), or <c>*</c>.</summary>
public static class Scope
{
    public const string All = "*";

    public static IReadOnlyList<string> Areas { get; } = ["prospects", "content", "campaigns", "validation", "webhooks", "clay", "analytics", "admin"];

    public static bool IsKnown(string scope) =>
        scope == All || (scope.Split(':') is [var area, "read" or "write"] && Areas.Contains(area));

    /// <summary>Whether keys with <paramref name="granted"/> may do what asks for <paramref name="needed"/>.</summary>
    public static bool Allows(IReadOnlyCollection<string> granted, string needed)
    {
        ArgumentNullException.ThrowIfNull(needed);
        return granted.Contains(All)
            || granted.Contains(needed)
            || (needed.EndsWith(":read", StringComparison.Ordinal) && granted.Contains($"{needed[..^5]}:write"));
    }
}
