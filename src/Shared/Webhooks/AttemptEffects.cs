namespace ProspectOps.Webhooks;

/// <summary>What one attempt changed beyond its deliveries: counted, and sent to the dead letters, after it is recorded.</summary>
/// <param name="First">Events attempted for the first time.</param>
/// <param name="Dead">Index in the batch and cause of each that will not be attempted again.</param>
public sealed record AttemptEffects(int Attempt, int First, int Answered, IReadOnlyList<DeadDelivery> Dead);
