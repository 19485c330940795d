using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

/// <summary>All that a verdict rests on, for an address that parses and no rule decides.</summary>
internal readonly record struct EmailEvidence(
    MailDomainState? Mail,
    bool IsSpecialUse,
    bool IsDotless,
    bool IsLiteral,
    bool IsDisposable,
    bool IsRole,
    bool IsFree,
    bool NeedsSmtpUtf8);
