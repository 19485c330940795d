namespace ProspectOps.Validation.Smtp;

/// <summary>Tells from a reply to RCPT, or to what comes before it, what is the matter. Pure.</summary>
/// <remarks>First the enhanced status code, which exists to be read by machines (RFC 3463; IANA's registry of SMTP enhanced status codes);
/// where it is missing, or as vague as 5.7.1, what servers write for people.</remarks>
internal static class ReplyMeaning
{
    private static readonly string[] AboutUs =
    [
        "spamhaus", "spamcop", "barracuda", "sorbs", "blocked using", "block list", "blocklist", "blacklist", "black list", "denylist", "dnsbl", "rbl", "reputation", "banned",
        "client host", "your ip", "ip address", "your host", "sending server", "sending mta", "reverse dns", "ptr", "rdns", "helo", "ehlo", "spf", "dkim", "dmarc", "spam", "sender",
        "not allowed to send", "access denied from", "poor", "unsolicited", "abuse", "policy", "dynamic", "residential", "authentication required", "listed", "s3150", "s3140",
    ];

    private static readonly string[] AboutFull = ["quota", "mailbox full", "mailbox is full", "full mailbox", "over limit", "storage", "inbox is full", "insufficient system storage", "mailbox size"];

    private static readonly string[] AboutDisabled = ["disabled", "inactive", "suspended", "deactivated", "not active", "account expired", "locked", "terminated", "no longer active", "account closed"];

    private static readonly string[] AboutMissing =
    [
        "user unknown", "unknown user", "no such", "does not exist", "doesn't exist", "not found", "unknown recipient", "recipient unknown", "unknown address", "unknown mailbox",
        "invalid recipient", "invalid mailbox", "mailbox unavailable", "not exist", "no mailbox", "unknown local", "recipient rejected", "recipient address rejected", "undeliverable address",
        "not a valid", "invalid address", "user not known", "not known", "address unknown", "bad destination mailbox", "no longer", "doesn't have a", "does not have a", "isn't a", "unrouteable", "unknown in", "address rejected",
    ];

    private static readonly string[] AboutRelay = ["relay", "not a local", "not our customer", "we do not accept mail for", "not hosted here", "domain not", "rcpthosts"];

    private static readonly string[] AboutGreylisting = ["greylist", "graylist", "grey list", "gray list", "greylisted", "postgrey", "try again in", "try again later", "please try later", "come back later", "deferred", "not yet authorized", "first time"];

    public static MailboxState OfRecipient(SmtpReply reply)
    {
        // 252: it will try, and says nothing of the mailbox; what 25x takes is accepted all the same.
        if (reply.IsPositive)
            return MailboxState.Accepted;
        return reply.IsTemporary ? Temporary(reply) : Permanent(reply);
    }

    /// <summary>Of a refused connection, EHLO or MAIL: it is never about the mailbox.</summary>
    public static MailboxState OfSession(SmtpReply reply) => reply switch
    {
        { Code: 521 or 556 } => MailboxState.NoMailHere,
        { IsTemporary: true } when IsGreylisting(reply) => MailboxState.Greylisted,
        { IsTemporary: true } => Says(reply, AboutUs) ? MailboxState.SenderBlocked : MailboxState.PutOff,
        _ => MailboxState.SenderBlocked,
    };

    private static MailboxState Temporary(SmtpReply reply)
    {
        if (reply.Enhanced is "4.2.2" || Says(reply, AboutFull))
            return MailboxState.Full;
        if (IsGreylisting(reply))
            return MailboxState.Greylisted;
        if (reply.Enhanced is "4.2.1" && Says(reply, AboutDisabled))
            return MailboxState.Disabled;
        // Postfix, left as Debian installs it, says 454 4.7.1 of a domain that it knows nothing of: that is not about us.
        if (Says(reply, ["relay"]))
            return MailboxState.PutOff;
        return (reply.Enhanced?.StartsWith("4.7.", StringComparison.Ordinal) ?? false) || Says(reply, AboutUs) ? MailboxState.SenderBlocked : MailboxState.PutOff;
    }

    private static bool IsGreylisting(SmtpReply reply) =>
        reply.Code is 450 or 451 or 421 && (Says(reply, AboutGreylisting) || (reply.Enhanced is "4.7.1" or "4.2.0" && !Says(reply, AboutUs)));

    private static MailboxState Permanent(SmtpReply reply)
    {
        switch (reply.Enhanced)
        {
            case "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10":
                return Says(reply, AboutDisabled) ? MailboxState.Disabled : MailboxState.NotFound;
            case "5.2.1":
                return MailboxState.Disabled;
            case "5.2.2":
                return MailboxState.Full;
            case "5.6.7":
                return MailboxState.NeedsSmtpUtf8;
            case "5.7.23" or "5.7.25" or "5.7.26" or "5.7.27" or "5.7.20" or "5.7.21" or "5.7.22" or "5.7.24":
                return MailboxState.SenderBlocked;
            case "5.4.1":
                // What Exchange Online says of a mailbox that its directory does not hold.
                return MailboxState.NotFound;
            default:
                break;
        }
        if (reply.Code is 521 or 556)
            return MailboxState.NoMailHere;
        if (reply.Code == 552 || Says(reply, AboutFull))
            return MailboxState.Full;
        // What is wrong with the mailbox is said in its own words; what is wrong with us may stand beside such words by chance.
        if (Says(reply, AboutMissing) && !Says(reply, ["client host", "spamhaus", "blocked", "blacklist", "block list", "blocklist", "your ip"]))
            return Says(reply, AboutDisabled) ? MailboxState.Disabled : MailboxState.NotFound;
        if (Says(reply, AboutDisabled))
            return MailboxState.Disabled;
        if (Says(reply, AboutRelay))
            return MailboxState.NoMailHere;
        if ((reply.Enhanced?.StartsWith("5.7.", StringComparison.Ordinal) ?? false) || Says(reply, AboutUs))
            return MailboxState.SenderBlocked;
        return reply.Code is 550 or 551 or 553 && reply.Enhanced is null or "5.0.0" or "5.5.0" ? MailboxState.NotFound : MailboxState.Rejected;
    }

    private static bool Says(SmtpReply reply, ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Holds(reply.Text, phrase))
                return true;
        }
        return false;
    }

    /// <summary>Whether the phrase begins at a word's beginning: "spf" is not in "crispfood".</summary>
    private static bool Holds(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var isShort = phrase.Length <= 4;
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (!isShort || end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }
}
