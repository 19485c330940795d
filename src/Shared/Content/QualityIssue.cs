namespace ProspectOps.Content;

/// <summary>A fault, by the rule that found it, and how to mend it.</summary>
public sealed record QualityIssue(string Rule, string Message);
