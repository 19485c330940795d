namespace ProspectOps.Functions.Validation;

/// <param name="SmtpProbe">Whether the mail server is asked about the mailbox; false where it is not given.</param>
/// <param name="UseCache">Whether a remembered verdict may answer; true where it is not given.</param>
public sealed record CheckEmailRequest(string? Email, bool? SmtpProbe, bool? UseCache);
