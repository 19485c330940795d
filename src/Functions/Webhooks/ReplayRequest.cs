namespace ProspectOps.Functions.Webhooks;

public sealed record ReplayRequest(DateTimeOffset? Since, bool? DryRun);
