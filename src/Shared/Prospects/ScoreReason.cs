namespace ProspectOps.Prospects;

/// <summary>Part of a score.</summary>
/// <param name="Factor">What was weighed, such as <c>role</c> or <c>companySize</c>.</param>
/// <param name="Points">What it adds; below zero where it counts against the person.</param>
/// <param name="Evidence">What it rests on: the field and its value, and the rubric's line.</param>
public sealed record ScoreReason(string Factor, int Points, string Evidence);
