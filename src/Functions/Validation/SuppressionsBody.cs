namespace ProspectOps.Functions.Validation;

/// <summary>Body of <c>POST /suppressions</c>: one address, or many.</summary>
public sealed record SuppressionsBody(string? Email, IReadOnlyList<string>? Emails, string? Reason);
