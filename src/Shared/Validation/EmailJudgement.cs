using System.Diagnostics;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>Turns evidence into verdict, score and reasons. Pure.</summary>
/// <remarks>
/// The score says how sure it is that mail arrives, 0 to 100. DNS sets it first; what the mail server says of the mailbox takes its
/// place; from there it only ever falls for what speaks against the address, so that more evidence against never scores higher.
/// Unless the mailbox was asked about nobody can know that it exists: a found mail server is worth 60 and the verdict <c>unknown</c>,
/// not <c>deliverable</c> (docs/adr/0013).
/// </remarks>
internal static class EmailJudgement
{
    private const int Disposable = 15;
    private const int Homograph = 30;
    private const int RolePenalty = 15;
    private const int InternationalPenalty = 5;
    private const int ImplicitMxPenalty = 5;

    public static (Verdict Verdict, int Score, IReadOnlyList<string> Reasons) Of(EmailEvidence evidence, SpecialUseHandling specialUse)
    {
        var reasons = new List<string>(6);
        var byDns = Basis(evidence, specialUse);
        var (verdict, score, basis) = byDns;
        var isAsked = verdict == Verdict.Unknown && evidence.Mailbox != MailboxState.NotAsked;
        if (isAsked)
        {
            (verdict, score, basis) = OfMailbox(evidence);
            if (evidence.Mail == MailDomainState.ImplicitMx)
                score = Math.Max(0, score - ImplicitMxPenalty);
        }
        if (verdict == Verdict.Undeliverable)
            reasons.Add(basis);

        if (evidence.IsDisposable)
            reasons.Add(ValidationReasons.Disposable);
        if (evidence.IsHomograph)
            reasons.Add(ValidationReasons.HomographDomain);
        if (evidence.IsRole)
            reasons.Add(ValidationReasons.RoleAccount);
        if (verdict != Verdict.Undeliverable)
            reasons.Add(basis);
        if (isAsked)
            reasons.Add(byDns.Reason);
        if (evidence.IsFree)
            reasons.Add(ValidationReasons.FreeProvider);
        if (evidence.NeedsSmtpUtf8)
            reasons.Add(ValidationReasons.InternationalLocal);
        if (verdict != Verdict.Undeliverable && !isAsked)
            reasons.Add(ValidationReasons.SmtpNotProbed);

        if (verdict is Verdict.Unknown or Verdict.Deliverable && (evidence.IsDisposable || evidence.IsRole || evidence.IsHomograph))
            verdict = Verdict.Risky;
        score -= evidence.IsRole ? RolePenalty : 0;
        score -= evidence.NeedsSmtpUtf8 ? InternationalPenalty : 0;
        score = evidence.IsHomograph ? Math.Min(score, Homograph) : score;
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

    /// <summary>What the mail server's word is worth: refusals of the mailbox decide, refusals of us leave the question open.</summary>
    private static (Verdict Verdict, int Score, string Reason) OfMailbox(EmailEvidence evidence) => evidence.Mailbox switch
    {
        MailboxState.Accepted => evidence.IsCatchAll switch
        {
            false => (Verdict.Deliverable, 97, ValidationReasons.MailboxAccepted),
            null => (Verdict.Deliverable, 85, ValidationReasons.CatchAllUnknown),
            true => (Verdict.Risky, 62, ValidationReasons.CatchAll),
        },
        MailboxState.Greylisted => (Verdict.Unknown, 60, ValidationReasons.Greylisted),
        MailboxState.SenderBlocked => (Verdict.Unknown, 55, ValidationReasons.SenderBlocked),
        MailboxState.PutOff => (Verdict.Unknown, 50, ValidationReasons.ServerBusy),
        MailboxState.TimedOut => (Verdict.Unknown, 45, ValidationReasons.SmtpTimeout),
        MailboxState.Broken => (Verdict.Unknown, 40, ValidationReasons.SmtpBroken),
        MailboxState.NoConnection => (Verdict.Unknown, 30, ValidationReasons.SmtpNoConnection),
        MailboxState.Full => (Verdict.Risky, 25, ValidationReasons.MailboxFull),
        MailboxState.Rejected => (Verdict.Undeliverable, 8, ValidationReasons.MailboxRejected),
        MailboxState.NoMailHere => (Verdict.Undeliverable, 5, ValidationReasons.MailRefused),
        MailboxState.NeedsSmtpUtf8 => (Verdict.Undeliverable, 5, ValidationReasons.SmtpUtf8Missing),
        MailboxState.Disabled => (Verdict.Undeliverable, 3, ValidationReasons.MailboxDisabled),
        MailboxState.NotFound => (Verdict.Undeliverable, 2, ValidationReasons.MailboxNotFound),
        _ => throw new UnreachableException(),
    };
}
