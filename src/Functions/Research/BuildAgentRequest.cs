namespace ProspectOps.Functions.Research;

public sealed record BuildAgentRequest(string? Industry, string? Notes, bool? Refresh);
