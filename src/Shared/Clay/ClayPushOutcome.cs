namespace ProspectOps.Clay;

/// <summary>What one step of a push came to.</summary>
/// <param name="WaitSeconds">How long the next step has to wait.</param>
/// <param name="Error">Why it cannot go on.</param>
public sealed record ClayPushOutcome(ClayPushState State, double WaitSeconds = 0, string? Error = null);
