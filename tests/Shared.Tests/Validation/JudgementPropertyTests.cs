using FsCheck;
using FsCheck.Fluent;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation;

public sealed class JudgementPropertyTests
{
    // From the best that a mail server can say to the worst.
    private static readonly (MailboxState State, bool? IsCatchAll)[] ByWorth =
    [
        (MailboxState.Accepted, false), (MailboxState.Accepted, null), (MailboxState.Accepted, true), (MailboxState.Greylisted, null), (MailboxState.SenderBlocked, null),
        (MailboxState.PutOff, null), (MailboxState.TimedOut, null), (MailboxState.Broken, null), (MailboxState.NoConnection, null), (MailboxState.Full, null),
        (MailboxState.Rejected, null), (MailboxState.NoMailHere, null), (MailboxState.NeedsSmtpUtf8, null), (MailboxState.Disabled, null), (MailboxState.NotFound, null),
    ];

    private static Arbitrary<EmailEvidence> Evidence => (
        from mail in Gen.Elements(Enum.GetValues<MailDomainState>())
        from flags in Gen.Elements(false, true).ArrayOf(8)
        from mailbox in Gen.Elements(ByWorth.Append((MailboxState.NotAsked, null)).ToArray())
        select new EmailEvidence(mail, flags[0] && flags[1], flags[2] && flags[3], flags[3] && flags[4], flags[5], flags[6], flags[0], flags[7], flags[1], mailbox.Item1, mailbox.Item2)).ToArbitrary();

    [Fact]
    public void Score_never_rises_by_evidence_against_the_address() =>
        Prop.ForAll(Evidence, evidence =>
        {
            var score = Of(evidence).Score;
            EmailEvidence[] worse =
            [
                evidence with { IsRole = true }, evidence with { IsDisposable = true }, evidence with { IsHomograph = true }, evidence with { NeedsSmtpUtf8 = true },
                evidence with { IsDisposable = true, IsRole = true, IsHomograph = true },
            ];
            return score is >= 0 and <= 100 && Array.TrueForAll(worse, one => Of(one).Score <= score);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Score_never_rises_by_a_worse_word_of_the_mail_server() =>
        Prop.ForAll(Evidence, evidence =>
        {
            var scores = ByWorth.Select(word => Of(evidence with { Mailbox = word.State, IsCatchAll = word.IsCatchAll }).Score).ToArray();
            return scores.Zip(scores.Skip(1)).All(pair => pair.Second <= pair.First);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Every_verdict_says_why_in_words_of_the_closed_list() =>
        Prop.ForAll(Evidence, evidence =>
        {
            var (verdict, score, reasons) = Of(evidence);
            return reasons.Count > 0 && reasons.All(ValidationReasons.All.Contains) && reasons.Distinct().Count() == reasons.Count
                && (verdict != Verdict.Undeliverable || score < 10) && reasons[0] != ValidationReasons.SmtpNotProbed
                && (verdict != Verdict.Deliverable || evidence.Mailbox == MailboxState.Accepted);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Manual_explains_every_reason()
    {
        var manual = File.ReadAllText(Path.Combine(Testing.RepositoryRoot.Path, "docs", "validation.md"));

        Assert.All(ValidationReasons.All, reason => Assert.Contains($"`{reason}`", manual, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xn--80ak6aa92e.com", true)]
    [InlineData("xn--pypal-4ve.com", true)]
    [InlineData("bücher.example", false)]
    [InlineData("москва.рф", false)]
    [InlineData("яндекс.com", false)]
    [InlineData("acme.com", false)]
    public void Domain_that_looks_like_another_is_found(string domain, bool isHomograph)
    {
        Assert.True(EmailAddress.TryParse($"a@{domain}", out var address, out _));

        Assert.Equal(isHomograph, HomographDomain.Is(address!.Ascii));
    }

    private static (Verdict Verdict, int Score, IReadOnlyList<string> Reasons) Of(EmailEvidence evidence) => EmailJudgement.Of(evidence, SpecialUseHandling.Reject);
}
