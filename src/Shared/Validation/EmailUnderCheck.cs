using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>One address on its way through the steps of a batch: each step fills in what it found.</summary>
internal sealed class EmailUnderCheck(string email)
{
    public string Email { get; } = email;

    /// <summary>Null where it does not parse; then <see cref="Error"/> says why.</summary>
    public EmailAddress? Address { get; set; }

    public EmailSyntaxError? Error { get; set; }

    /// <summary>The tenant's rule that decided.</summary>
    public ValidationRule? Rule { get; set; }

    public CachedVerdict? Cached { get; set; }

    /// <summary>Null where there is no domain to ask about, or nothing needs to be asked.</summary>
    public DomainUnderCheck? Domain { get; set; }

    /// <summary>What the mail server said; null where it was not to be asked.</summary>
    public MailboxAnswer? Mailbox { get; set; }

    /// <summary>Whether what can be known without asking anybody has not settled it.</summary>
    public bool IsOpen => Address is not null && Rule is null && Cached is null;
}
