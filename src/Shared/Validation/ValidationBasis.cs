namespace ProspectOps.Validation;

/// <summary>One thing that a verdict rests on: who was asked what, and what was answered.</summary>
/// <param name="Source"><c>syntax</c>, <c>rule</c>, <c>list</c>, <c>dns</c>, <c>smtp</c> or <c>imported</c>.</param>
/// <param name="Asked">The question, for people; no mailbox but the one that the result is about.</param>
/// <param name="Answered">The answer, for people.</param>
/// <param name="At">When it was answered.</param>
public sealed record ValidationBasis(string Source, string Asked, string Answered, DateTimeOffset At);
