using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

public sealed record IndustryView(string Id, string Name, AgentStatus AgentStatus);
