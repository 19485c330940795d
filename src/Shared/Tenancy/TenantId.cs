using System.Diagnostics.CodeAnalysis;

namespace ProspectOps.Tenancy;

/// <summary>A tenant's name in keys: 1 to 40 lower-case letters, digits, <c>-</c> and <c>_</c>.</summary>
public readonly record struct TenantId
{
    private readonly string? _value;

    private TenantId(string value) => _value = value;

    /// <summary>The operator of this installation.</summary>
    public static TenantId Default { get; } = new("default");

    public string Value => _value ?? throw new InvalidOperationException("No tenant.");

    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId tenant)
    {
        var valid = text is { Length: >= 1 and <= 40 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
        tenant = valid ? new TenantId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">It is no tenant's name.</exception>
    public static TenantId Parse(string? text) => TryParse(text, out var tenant) ? tenant : throw new FormatException("Not a tenant id.");

    public override string ToString() => _value ?? "";
}
