namespace ProspectOps.Validation.Smtp;

/// <summary>A mailbox to be asked about, and who takes its mail.</summary>
/// <param name="Hosts">The domain's mail servers, the preferred one first.</param>
public sealed record MailboxQuestion(EmailAddress Address, IReadOnlyList<string> Hosts);
