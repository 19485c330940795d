namespace ProspectOps.Content;

/// <summary>How a message does by the quality rules: 100 is without fault.</summary>
public sealed record Quality(int Score, IReadOnlyList<QualityIssue> Issues);
