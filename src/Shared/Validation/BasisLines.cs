using System.Globalization;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>Writes down what a verdict rests on: what was asked, what was answered, when.</summary>
internal static class BasisLines
{
    public static IReadOnlyList<ValidationBasis> Of(EmailUnderCheck one, DateTimeOffset now)
    {
        if (one.Address is not { } address)
            return [new("syntax", "Is it an address (RFC 5321, 6531)?", one.Error!.ToString(), now)];
        if (one.Rule is { } rule)
            return [new("rule", "Which rule decides?", rule.Id, now)];
        var lines = new List<ValidationBasis>(3);
        if (one.Domain?.Mail is { } mail)
            lines.Add(new("dns", $"Who takes mail for {address.Ascii} (MX, else A and AAAA)?", Words(mail), mail.AnsweredAt));
        else if (one.Domain is { IsSpecialUse: true })
            lines.Add(new("list", $"Is {address.Ascii} reserved (RFC 2606, 6761)?", "Yes; DNS is not asked.", now));
        if (one.Mailbox is { } mailbox)
            lines.Add(new("smtp", Question(mailbox), Words(mailbox), mailbox.At));
        return lines;
    }

    private static string Words(MailDomain mail) => mail.State switch
    {
        MailDomainState.Mx => mail.Hosts.Count > 4 ? $"{string.Join(", ", mail.Hosts.Take(4))} and {mail.Hosts.Count - 4} more" : string.Join(", ", mail.Hosts),
        MailDomainState.ImplicitMx => "No mail server is named; the domain's own address stands for one.",
        MailDomainState.NullMx => "Nobody: the null MX (RFC 7505).",
        MailDomainState.NoMail => "Nobody: neither MX nor address.",
        MailDomainState.NotFound => "There is no such domain.",
        MailDomainState.Timeout => "No answer in time.",
        MailDomainState.Failed => "The name servers report a failure.",
        _ => "No name server that knows the public DNS could be asked.",
    };

    private static string Question(MailboxAnswer answer) => answer.Host is { } host
        ? $"Does {host} take the mailbox ({answer.Way}, {(answer.IsEncrypted ? "STARTTLS" : "no TLS")})?"
        : $"Does the mail server take the mailbox ({answer.Way})?";

    private static string Words(MailboxAnswer answer)
    {
        var words = answer.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code} {answer.Message}") : answer.Message ?? "";
        return answer.IsCatchAll is true ? $"{words} (and any other mailbox, too)" : words;
    }
}
