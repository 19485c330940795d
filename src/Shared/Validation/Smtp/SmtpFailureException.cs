namespace ProspectOps.Validation.Smtp;

/// <summary>A session that cannot go on. It never leaves this capability: it becomes the answer for the mailboxes that were still to be asked about.</summary>
internal sealed class SmtpFailureException(MailboxState state, string message, SmtpReply? reply = null) : Exception(message)
{
    public MailboxState State { get; } = state;

    /// <summary>What the server said last, if that is why.</summary>
    public SmtpReply? Reply { get; } = reply;
}
