using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>All that a verdict rests on, for an address that parses and no rule decides.</summary>
/// <param name="Mailbox">What the mail server said; <see cref="MailboxState.NotAsked"/> where nobody asked it.</param>
/// <param name="IsCatchAll">Whether the domain takes every mailbox; null where that is not known.</param>
internal readonly record struct EmailEvidence(
    MailDomainState? Mail,
    bool IsSpecialUse,
    bool IsDotless,
    bool IsLiteral,
    bool IsDisposable,
    bool IsRole,
    bool IsFree,
    bool NeedsSmtpUtf8,
    bool IsHomograph = false,
    MailboxState Mailbox = MailboxState.NotAsked,
    bool? IsCatchAll = null);
