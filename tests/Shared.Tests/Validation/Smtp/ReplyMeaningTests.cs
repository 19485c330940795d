using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

public sealed class ReplyMeaningTests
{
    // As servers of the large providers and of common software write them.
    [Theory]
    [InlineData(250, "2.1.5", "Ok", MailboxState.Accepted)]
    [InlineData(252, "2.0.0", "Cannot VRFY user", MailboxState.Accepted)]
    [InlineData(550, "5.1.1", "The email account that you tried to reach does not exist.", MailboxState.NotFound)]
    [InlineData(550, "5.2.1", "The email account that you tried to reach is inactive.", MailboxState.Disabled)]
    [InlineData(452, "4.2.2", "The recipient's inbox is out of storage space.", MailboxState.Full)]
    [InlineData(550, "5.4.1", "Recipient address rejected: Access denied.", MailboxState.NotFound)]
    [InlineData(550, "5.5.0", "Requested action not taken: mailbox unavailable (S2017062302).", MailboxState.NotFound)]
    [InlineData(550, "5.7.1", "Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).", MailboxState.SenderBlocked)]
    [InlineData(550, "5.7.25", "The IP address sending this message does not have a PTR record setup", MailboxState.SenderBlocked)]
    [InlineData(554, null, "delivery error: dd This user doesn't have a yahoo.com account", MailboxState.NotFound)]
    [InlineData(553, null, "5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list", MailboxState.SenderBlocked)]
    [InlineData(550, "5.1.1", "<x@y.com>: Recipient address rejected: User unknown in virtual mailbox table", MailboxState.NotFound)]
    [InlineData(554, "5.7.1", "Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", MailboxState.SenderBlocked)]
    [InlineData(554, "5.7.1", "<x@y.com>: Relay access denied", MailboxState.NoMailHere)]
    [InlineData(454, "4.7.1", "<x@y.com>: Relay access denied", MailboxState.PutOff)]
    [InlineData(450, "4.2.0", "<x@y.com>: Recipient address rejected: Greylisted", MailboxState.Greylisted)]
    [InlineData(451, "4.7.1", "Please try again later", MailboxState.Greylisted)]
    [InlineData(451, "4.7.500", "Server busy. Please try again later from [192.0.2.1]. (S77719)", MailboxState.Greylisted)]
    [InlineData(450, "4.1.8", "Sender address rejected: Domain not found", MailboxState.SenderBlocked)]
    [InlineData(450, null, "4.7.25 Client host rejected: cannot find your hostname", MailboxState.SenderBlocked)]
    [InlineData(421, "4.7.0", "Our system has detected an unusual rate of unsolicited mail originating from your IP address.", MailboxState.SenderBlocked)]
    [InlineData(550, null, "No Such User Here", MailboxState.NotFound)]
    [InlineData(550, null, "Account disabled", MailboxState.Disabled)]
    [InlineData(550, null, "Mailbox quota exceeded", MailboxState.Full)]
    [InlineData(552, null, "Requested mail action aborted: exceeded storage allocation", MailboxState.Full)]
    [InlineData(556, "5.1.10", "Domain does not accept mail (nullMX)", MailboxState.NotFound)]
    [InlineData(521, null, "Host does not accept mail", MailboxState.NoMailHere)]
    [InlineData(550, "5.7.26", "This mail has been blocked because the sender is unauthenticated.", MailboxState.SenderBlocked)]
    [InlineData(553, null, "sorry, that domain isn't in my list of allowed rcpthosts", MailboxState.NoMailHere)]
    [InlineData(554, null, "crispfood refuses you", MailboxState.Rejected)]
    public void Reply_means_what_its_server_means(int code, string? enhanced, string text, MailboxState state) =>
        Assert.Equal(state, ReplyMeaning.OfRecipient(new SmtpReply(code, enhanced, text)));
}
