namespace ProspectOps.Validation.Smtp;

/// <summary>Asks mail servers about mailboxes.</summary>
public interface IMailboxProber
{
    /// <summary>Whether mail servers can be asked at present.</summary>
    Task<bool> CanAskAsync(CancellationToken cancellationToken);

    /// <summary>One answer a question, in their order. Never throws for what a server does.</summary>
    Task<IReadOnlyList<MailboxAnswer>> AskAsync(IReadOnlyList<MailboxQuestion> questions, ProbePriority priority, CancellationToken cancellationToken);
}
