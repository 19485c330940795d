namespace ProspectOps.Functions.Webhooks;

public sealed record RotateSecretRequest(double? GraceHours);
