namespace ProspectOps.Functions.Validation;

/// <param name="UseCache">Taken for the service's sake; nothing is cached by address yet.</param>
public sealed record CheckEmailRequest(string? Email, bool? SmtpProbe, bool? UseCache);
