namespace ProspectOps.Validation.Smtp;

/// <summary>What a mail server said of a mailbox.</summary>
/// <param name="Host">The server; null where none was asked.</param>
/// <param name="Code">Its reply code; null where it gave none.</param>
/// <param name="Message">Its words, or ours where it had none.</param>
/// <param name="IsEncrypted">Whether STARTTLS was used.</param>
/// <param name="Took">From the first question of the mailbox's transaction to its answer.</param>
public sealed record MailboxAnswer(MailboxState State, string? Host, int? Code, string? Message, bool IsEncrypted, DateTimeOffset At, TimeSpan Took)
{
    /// <summary>Whether the domain takes any mailbox; null where that is not known.</summary>
    public bool? IsCatchAll { get; init; }

    /// <summary>When asking again is likely to learn more; null where it is not.</summary>
    public DateTimeOffset? AskAgainAt { get; init; }

    /// <summary>How the server was reached, as <c>direct</c>.</summary>
    public string Way { get; init; } = "";
}
