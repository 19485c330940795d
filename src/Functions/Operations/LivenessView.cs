namespace ProspectOps.Functions.Operations;

public sealed record LivenessView(string Status);
