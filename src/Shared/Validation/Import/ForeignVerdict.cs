namespace ProspectOps.Validation.Import;

/// <summary>A verdict bought elsewhere, in our words.</summary>
/// <param name="Reasons">Codes of the closed list; the first decided.</param>
/// <param name="Said">What the vendor said, in its words.</param>
/// <param name="At">When it was found out, where the file says so.</param>
public sealed record ForeignVerdict(string Email, Verdict Verdict, int Score, IReadOnlyList<string> Reasons, bool? CatchAll, bool Disposable, bool RoleAccount, bool FreeProvider, string Said, DateTimeOffset? At);
