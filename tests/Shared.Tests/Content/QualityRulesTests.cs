using ProspectOps.Content;
using ProspectOps.Content.Rules;
using static ProspectOps.Tests.Content.SomeRequests;

namespace ProspectOps.Tests.Content;

public sealed class QualityRulesTests
{
    private static readonly string[] Plain = ["Hello Anna,", "The sun came up over the hills. A small boat went out to sea. Is this worth a short call?"];

    private readonly QualityGate _gate = QualityGate.For(new ContentOptions());

    public static TheoryData<string, string, string> Faults => new()
    {
        { "subject_length", new string('a', 61), "" },
        { "subject_length", " ", "" },
        { "spam_words", "Act now", "" },
        { "spam_words", "", "I hope this finds you well." },
        { "links", "", "See https://a.example and https://b.example for more." },
        { "shouting", "", "This is great!" },
        { "shouting", "", "This is IMPORTANT to say." },
        { "readability", "", "Organisational interdependencies necessitate comprehensive operationalisation considerations notwithstanding administrative particularities regarding institutional responsibilities throughout international jurisdictional environments." },
        { "unsupported_claim", "", "Your team struggles with churn." },
        { "unsupported_claim", "", "You are growing fast." },
        { "unsupported_claim", "", "We raised revenue by 40 %." },
        { "unsupported_claim", "", "I noticed the new site." },
        { "leftovers", "", "As {{title}} this matters." },
        { "leftovers", "", "This is for  the team." },
        { "leftovers", "", "The name is undefined here." },
        { "leftovers", "Hi [name]", "" },
        { "one_question", "", "Is it so?" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_is_found(string rule, string subject, string sentence)
    {
        var quality = _gate.Judge(Message(string.IsNullOrEmpty(subject) ? "A note" : subject, sentence));

        Assert.Contains(quality.Issues, issue => issue.Rule == rule);
        Assert.True(quality.Score < 100);
    }

    [Theory]
    [InlineData("Is it urgently needed")]
    [InlineData("A 15-minute call is enough")]
    [InlineData("Thank you for your time")]
    [InlineData("If you are busy, a later day is fine")]
    [InlineData("Reply 1 for \"yes\"")]
    [InlineData("The CRM and the ERP stay in place")]
    [InlineData("The so-called question \"why?\" stays open")]
    [InlineData("See https://a.example for more")]
    public void Harmless_sentence_is_left_alone(string sentence) =>
        Assert.Equal(100, _gate.Judge(Message("A note", sentence + ".")).Score);

    [Fact]
    public void Evidence_covers_a_claim_only_where_it_leads_somewhere()
    {
        const string claim = "You are Head of CRM at Betco.";

        Assert.Equal(100, _gate.Judge(Message("A note", claim, new Evidence(claim, "prospect.title"))).Score);
        Assert.Contains(_gate.Judge(Message("A note", claim, new Evidence(claim, "pack.pains.invented"))).Issues, i => i.Rule == "unsupported_claim");
        Assert.Contains(_gate.Judge(Message("A note", claim, new Evidence("Another sentence.", "prospect.title"))).Issues, i => i.Rule == "unsupported_claim");
        Assert.Contains(_gate.Judge(Message("A note", claim, new Evidence(claim, "analysis.buyingSignals"))).Issues, i => i.Rule == "unsupported_claim");
    }

    [Theory]
    [InlineData("prospect.title", true)]
    [InlineData("prospect.custom.budget", false)]
    [InlineData("pack.pains.bonus-abuse", true)]
    [InlineData("pack.valuePropositions.keep-new", true)]
    [InlineData("pack.triggers.new-market", true)]
    [InlineData("pack.triggers.none", false)]
    [InlineData("sender.offer", true)]
    [InlineData("sender", false)]
    [InlineData("weather.today", false)]
    [InlineData("analysis.reasons.role", false)]
    public void Path_of_evidence_has_to_lead_somewhere(string path, bool exists) =>
        Assert.Equal(exists, EvidencePath.Exists(For(Anna, sender: Jane), path));

    [Fact]
    public void Length_is_judged_by_the_step()
    {
        var message = Message("A note", "") is var m ? m : throw new InvalidOperationException();

        Assert.Null(new BodyLength().Check(message));
        Assert.NotNull(new BodyLength().Check(With(message, words: (50, 125))));
        Assert.NotNull(new BodyLength().Check(With(message, words: (1, 5))));
    }

    [Fact]
    public void First_message_uses_what_is_known()
    {
        var rule = new PersonalTokens(2);

        Assert.NotNull(rule.Check(With(Message("A note", ""), facts: 2)));
        Assert.Null(rule.Check(With(Message("A note", ""), facts: 0)));
        Assert.Null(rule.Check(With(Message("A note", "", new Evidence("x", "prospect.title"), new Evidence("x", "prospect.company")), facts: 2)));
        Assert.Null(rule.Check(With(Message("A note", ""), facts: 2, step: 2)));
    }

    [Theory]
    [InlineData("Anna", "Hello,", false)]
    [InlineData("Anna", "Hello Anna,", true)]
    [InlineData(null, "Hello,", true)]
    [InlineData(null, "Hi ,", false)]
    [InlineData(null, "Dear,", false)]
    public void Greeting_has_the_name_or_needs_none(string? name, string greeting, bool good) =>
        Assert.Equal(good, new GreetingName().Check(new CheckedMessage { Kind = MessageKind.Email, Request = For(Anna), Tone = Tone.Direct, Body = greeting + "\n\nText.", Evidence = [], FirstName = name }) is null);

    [Fact]
    public void Tone_has_its_own_faults()
    {
        var rule = new ToneFaults();

        Assert.NotNull(rule.Check(With(Message("A note", "I'm glad it's so."), tone: Tone.Formal)));
        Assert.Null(rule.Check(With(Message("A note", "I'm glad it's so."), tone: Tone.Friendly)));
        Assert.NotNull(rule.Check(With(Message("A note", "Please find herewith a note."), tone: Tone.Friendly)));
        Assert.NotNull(rule.Check(With(Message("A note", "I was wondering about it."))));
    }

    [Fact]
    public void Score_never_falls_below_zero()
    {
        var quality = _gate.Judge(Message(new string('A', 80), "ACT NOW! {{x}} https://a.example https://b.example You are losing 40 %. Why? Why? I was wondering."), 1, 0.5);

        Assert.Equal(0, quality.Score);
        Assert.Contains(quality.Issues, i => i.Rule == "sameness");
    }

    [Fact]
    public void Rule_ids_are_unique_and_snake_case()
    {
        var ids = _gate.Rules.Select(r => r.Id).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z]+(_[a-z]+)*$", id));
        Assert.All(_gate.Rules, r => Assert.InRange(r.Weight, 1, 100));
    }

    [Fact]
    public void Sameness_is_the_share_of_common_wording_without_what_was_given()
    {
        var index = new SamenessIndex();
        index.Add(SamenessIndex.ShinglesOf("As Head of CRM at Betco the work never ends and the phone rings all day", ["Head of CRM", "Betco"]));

        Assert.Equal(1, index.Nearest(SamenessIndex.ShinglesOf("as CEO at Acme the work never ends, and the phone rings all day!", ["CEO", "Acme"])), 3);
        Assert.Equal(0, index.Nearest(SamenessIndex.ShinglesOf("Nothing here is like that other text at all", [])), 3);
        Assert.InRange(index.Nearest(SamenessIndex.ShinglesOf("the work never ends and the mail comes all night", [])), 0.1, 0.6);
    }

    [Fact]
    public void Reading_grade_follows_the_formula()
    {
        var measure = new TextMeasure("The cat sat on the mat. The dog ran.");

        Assert.Equal(2, measure.Sentences.Count);
        Assert.Equal(9, measure.Words);
        Assert.Equal(9, measure.Syllables);
        Assert.Equal((0.39 * 4.5) + 11.8 - 15.59, measure.ReadingGrade, 6);
    }

    private static CheckedMessage Message(string subject, string sentence, params Evidence[] evidence) => new()
    {
        Kind = MessageKind.Email,
        Request = For(Anna, sender: Jane),
        Tone = Tone.Direct,
        Subject = subject,
        Body = $"{Plain[0]}\n\n{(sentence.Length > 0 ? sentence + "\n\n" : "")}{Plain[1]}",
        Evidence = evidence,
        FirstName = "Anna",
    };

    private static CheckedMessage With(CheckedMessage message, (int, int)? words = null, int facts = 0, int step = 1, Tone tone = Tone.Direct) => new()
    {
        Kind = message.Kind,
        Request = message.Request,
        Tone = tone,
        Subject = message.Subject,
        Body = message.Body,
        Evidence = message.Evidence,
        FirstName = message.FirstName,
        Words = words ?? message.Words,
        FactsKnown = facts,
        Step = step,
    };
}
