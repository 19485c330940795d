namespace ProspectOps.Content;

/// <summary>One message of a sequence.</summary>
/// <param name="Step">1 for the first.</param>
/// <param name="DayOffset">Days after the first message.</param>
public sealed record GeneratedEmail(int Step, int DayOffset, string Subject, string Body, IReadOnlyList<Evidence> Evidence, Quality Quality);
