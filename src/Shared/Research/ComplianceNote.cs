namespace ProspectOps.Research;

/// <summary>A rule of law or of the trade to keep to when writing to this industry.</summary>
/// <param name="Region">ISO 3166 alpha-2 codes, <c>EU</c>, or <c>*</c>.</param>
public sealed record ComplianceNote(string Id, IReadOnlyList<string> Region, string Text);
