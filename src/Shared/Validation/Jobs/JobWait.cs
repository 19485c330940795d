namespace ProspectOps.Validation.Jobs;

/// <summary>A quota that is used up: the job goes on when it resets or is raised.</summary>
public sealed record JobWait(string Quota, DateTimeOffset ResetsAt);
