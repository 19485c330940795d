using System.Text.Json;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

/// <summary>What somebody wants of a tenant; null for what stays.</summary>
public sealed record TenantChanges(string? Name, TenantStatus? Status, IReadOnlyDictionary<string, JsonElement>? Settings, QuotaSettings? Quotas)
{
    private const int MostSettings = 50;
    private const int MostSettingCharacters = 1000;

    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public void Check(bool needsName)
    {
        var errors = new FieldErrors();
        errors.Require((Name is null && !needsName) || (Name is { Length: <= 200 } && !string.IsNullOrWhiteSpace(Name)), "name", "must be 1 to 200 characters");
        errors.Require(Status is null or TenantStatus.Active or TenantStatus.Suspended, "status", "must be active or suspended");
        errors.Require(Settings is null or { Count: <= MostSettings }, "settings", $"must be at most {MostSettings} settings");
        foreach (var (name, value) in Settings ?? new Dictionary<string, JsonElement>())
        {
            errors.Require(name.Length is > 0 and <= 60, "settings", "names must be 1 to 60 characters");
            errors.Require(value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && value.GetRawText().Length <= MostSettingCharacters,
                $"settings.{(name.Length <= 60 ? name : "…")}", $"must be text, a number, true or false, of at most {MostSettingCharacters} characters");
        }
        Quotas?.Check(errors);
        errors.ThrowIfAny();
    }
}
