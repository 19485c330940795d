using System.Text.Json.Serialization;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

/// <summary>The quotas of a tenant or of one key; null where there is none.</summary>
/// <param name="ValidationDaily">Addresses validated in a day (UTC).</param>
/// <param name="ValidationMonthly">Addresses validated in a calendar month (UTC).</param>
/// <param name="LlmMonthlyUsd">What models may cost in a calendar month (UTC), in US dollars to the cent of a cent.</param>
public sealed record QuotaSettings(
    [property: JsonPropertyName("validation.daily")] long? ValidationDaily = null,
    [property: JsonPropertyName("validation.monthly")] long? ValidationMonthly = null,
    [property: JsonPropertyName("llm.monthlyUsd")] decimal? LlmMonthlyUsd = null)
{
    public const long MostUnits = 1_000_000_000_000;

    public static QuotaSettings None { get; } = new();

    /// <summary>Adds what cannot be used of it, under <c>quotas.…</c>.</summary>
    public void Check(FieldErrors errors)
    {
        errors.Require(ValidationDaily is null or (>= 0 and <= MostUnits), "quotas.validation.daily", $"must be 0 to {MostUnits}");
        errors.Require(ValidationMonthly is null or (>= 0 and <= MostUnits), "quotas.validation.monthly", $"must be 0 to {MostUnits}");
        errors.Require(LlmMonthlyUsd is null or (>= 0 and <= 1_000_000), "quotas.llm.monthlyUsd", "must be 0 to 1000000");
    }
}
