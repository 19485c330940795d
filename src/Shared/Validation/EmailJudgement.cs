using System.Diagnostics;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

/// <summary>Turns evidence into verdict, score and reasons. Pure.</summary>
/// <remarks>
/// The score says how sure it is that mail arrives, 0 to 100. It begins with what DNS says and only ever falls for what speaks
/// against the mailbox, so that more evidence against never scores higher. Without an SMTP probe nobody can know that a mailbox
/// exists: a found mail server is worth 60 and the verdict <c>unknown</c>, not <c>deliverable</c> (docs/adr/0013).
/// </remarks>
internal static class EmailJudgement
{
    private const int Disposable = 15;
    private const int RolePenalty = 15;
    private const int InternationalPenalty = 5;

    public static (Verdict Verdict, int Score, IReadOnlyList<string> Reasons) Of(EmailEvidence evidence, SpecialUseHandling specialUse)
    {
        var reasons = new List<string>(5);
        var (verdict, score, basis) = Basis(evidence, specialUse);
        if (verdict == Verdict.Undeliverable)
            reasons.Add(basis);

        if (evidence.IsDisposable)
            reasons.Add(ValidationReasons.Disposable);
        if (evidence.IsRole)
            reasons.Add(ValidationReasons.RoleAccount);
        if (verdict != Verdict.Undeliverable)
            reasons.Add(basis);
        if (evidence.IsFree)
            reasons.Add(ValidationReasons.FreeProvider);
        if (evidence.NeedsSmtpUtf8)
            reasons.Add(ValidationReasons.InternationalLocal);
        if (verdict != Verdict.Undeliverable)
            reasons.Add(ValidationReasons.SmtpNotProbed);

        if (verdict == Verdict.Unknown && (evidence.IsDisposable || evidence.IsRole))
            verdict = Verdict.Risky;
        score -= evidence.IsRole ? RolePenalty : 0;
        score -= evidence.NeedsSmtpUtf8 ? InternationalPenalty : 0;
        score = evidence.IsDisposable ? Math.Min(score, Disposable) : score;
        return (verdict, Math.Max(score, 0), reasons);
    }

    private static (Verdict Verdict, int Score, string Reason) Basis(EmailEvidence evidence, SpecialUseHandling specialUse)
    {
        if (evidence.IsSpecialUse)
            return specialUse == SpecialUseHandling.Accept ? (Verdict.Unknown, 40, ValidationReasons.SpecialUseDomain) : (Verdict.Undeliverable, 0, ValidationReasons.SpecialUseDomain);
        if (evidence.IsDotless)
            return (Verdict.Undeliverable, 1, ValidationReasons.DotlessDomain);
        if (evidence.IsLiteral)
            return (Verdict.Risky, 20, ValidationReasons.AddressLiteral);
        return evidence.Mail switch
        {
            MailDomainState.Mx => (Verdict.Unknown, 60, ValidationReasons.MxFound),
            MailDomainState.ImplicitMx => (Verdict.Unknown, 50, ValidationReasons.ImplicitMx),
            MailDomainState.NotFound => (Verdict.Undeliverable, 1, ValidationReasons.DomainNotFound),
            MailDomainState.NullMx => (Verdict.Undeliverable, 2, ValidationReasons.NullMx),
            MailDomainState.NoMail => (Verdict.Undeliverable, 5, ValidationReasons.NoMx),
            MailDomainState.Timeout => (Verdict.Unknown, 40, ValidationReasons.DnsTimeout),
            MailDomainState.Failed => (Verdict.Unknown, 30, ValidationReasons.DnsFailure),
            MailDomainState.Unreachable or null => (Verdict.Unknown, 40, ValidationReasons.DnsUnreachable),
            _ => throw new UnreachableException(),
        };
    }
}
