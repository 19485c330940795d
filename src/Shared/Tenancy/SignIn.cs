using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

/// <summary>What a key said of who calls.</summary>
/// <param name="Key">The key that was named; null where there is none such.</param>
/// <param name="Refusal">Why it does not let in; null where it does.</param>
public readonly record struct SignIn(KeyRecord? Key, DomainError? Refusal);
