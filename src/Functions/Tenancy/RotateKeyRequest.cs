namespace ProspectOps.Functions.Tenancy;

public sealed record RotateKeyRequest(int? GraceHours);
