using ProspectOps.Platform.Errors;

namespace ProspectOps.Research;

public static class AgentErrors
{
    public static DomainError NotFound(string industry) => new(ErrorKind.NotFound, "agent_not_found", "There is no agent for this industry yet.")
    {
        Fix = $"Build it with POST /api/agents/build and {{\"industry\": \"{industry}\"}}.",
    };

    public static DomainError IndustryNotFound(IEnumerable<string> known) => new(ErrorKind.NotFound, "industry_not_found", "There is no such industry.")
    {
        Fix = $"Use one of: {string.Join(", ", known)}; or add a pack, as docs/industries.md says.",
    };

    /// <summary>The same, where the industry was named in a body.</summary>
    public static DomainError IndustryUnknown(IEnumerable<string> known) => new(ErrorKind.Invalid, "industry_unknown", "The industry is not one of those that can be researched.")
    {
        Fix = "Use an id that GET /api/industries lists, or add a pack.",
        Errors = new Dictionary<string, string[]> { ["industry"] = [$"must be one of: {string.Join(", ", known)}"] },
    };
}
