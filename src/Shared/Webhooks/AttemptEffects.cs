namespace ProspectOps.Webhooks;

/// <summary>What a turn changed beyond its batch: brought about after it is recorded, and again where that is not known to have worked.</summary>
/// <param name="Turn">The turn that it was.</param>
/// <param name="Dead">Index in the batch and cause of each that will not be attempted again.</param>
/// <param name="Verifies">Whether the endpoint answered its challenge.</param>
/// <param name="Disables">Why the endpoint is to be disabled; null where it is not.</param>
public sealed record AttemptEffects(int Turn, IReadOnlyList<DeadDelivery> Dead, bool Verifies = false, string? Disables = null);
