using ProspectOps.Content;
using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;
using ProspectOps.Research;
using static ProspectOps.Tests.Content.SomeRequests;

namespace ProspectOps.Tests.Content;

public sealed class TemplateWriterTests
{
    private readonly TemplateWriter _writer = Writer();

    public static TheoryData<string> Tones => ["direct", "friendly", "formal"];

    [Theory]
    [MemberData(nameof(Tones))]
    public async Task Whatever_is_missing_of_the_person_no_message_is_broken(string tone)
    {
        foreach (var pack in new[] { SomePacks.Casinos, SomePacks.Logistics, SomePacks.Bare })
        {
            foreach (var sender in new[] { null, Jane, new Sender { Name = "Jane Doe" }, new Sender { Company = "Playloop" } })
            {
                if (sender is not null && pack != SomePacks.Casinos)
                    continue;
                for (var bits = 0; bits < 512; bits++)
                {
                    var steps = 1 + (bits % 10);
                    var emails = await EmailsFor(For(Subset(bits), pack, sender, tone), steps);
                    Assert.All(emails, email => AssertSound(email, $"{bits} {tone} {pack.Id}"));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tones))]
    public async Task Whatever_is_missing_of_the_sender_no_message_is_broken(string tone)
    {
        foreach (var sender in Senders())
        {
            foreach (var bits in new[] { 0, 2, 24, 26, 511 })
            {
                var emails = await EmailsFor(For(Subset(bits), null, sender, tone, bits == 511 ? Analysis("entering a newly regulated market") : null), 10);
                Assert.All(emails, email => AssertSound(email, $"{bits} {sender}"));
                var hasClosing = sender?.Name is not null || sender?.Company is not null;
                Assert.All(emails, email => Assert.Equal(hasClosing, email.Body.Contains("\n\nBest regards,\n", StringComparison.Ordinal) || email.Body.Contains("\n\nAll the best,\n", StringComparison.Ordinal) || email.Body.Contains("\n\nKind regards,\n", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Messages_go_out_on_growing_gaps_and_the_last_one_says_goodbye()
    {
        var emails = await EmailsFor(For(Anna, sender: Jane), 10);

        Assert.Equal([0, 3, 7, 12, 18, 25, 33, 42, 52, 63], emails.Select(e => e.DayOffset));
        Assert.Equal(Enumerable.Range(1, 10), emails.Select(e => e.Step));
        Assert.Equal(10, emails.Select(e => e.Body).Distinct().Count());
    }

    [Fact]
    public async Task First_message_has_50_to_125_words_and_later_ones_are_shorter()
    {
        foreach (var pack in new[] { SomePacks.Casinos, SomePacks.Logistics })
        {
            for (var i = 0; i < 100; i++)
            {
                var emails = await EmailsFor(For(Anna with { Email = $"p{i}@betco.example" }, pack, Jane), 10);
                Assert.InRange(Words(emails[0].Body), 50, 125);
                Assert.All(emails.Skip(1), e => Assert.InRange(Words(e.Body), 15, 110));
                Assert.All(emails, e => Assert.InRange(e.Subject.Length, 5, 60));
            }
        }
    }

    [Fact]
    public async Task First_message_offers_a_way_out_and_others_where_the_law_asks()
    {
        var malta = await EmailsFor(For(Anna, sender: Jane), 4);
        var america = await EmailsFor(For(Anna with { Country = "US" }, sender: Jane), 4);

        Assert.All(malta, e => Assert.True(OffersWayOut(e.Body), e.Body));
        Assert.Equal([true, false, false, false], america.Select(e => OffersWayOut(e.Body)));
    }

    [Fact]
    public async Task Same_input_gives_the_same_output_from_any_writer()
    {
        var batch = Enumerable.Range(0, 20).Select(i => For(Anna with { Email = $"p{i}@betco.example" }, sender: Jane)).ToList();

        var one = await _writer.WriteSequencesAsync(batch, 4, CancellationToken.None);
        var two = await Writer().WriteSequencesAsync(batch, 4, CancellationToken.None);

        Assert.Equal(one.SelectMany(s => s.Emails).Select(e => e.Subject + e.Body), two.SelectMany(s => s.Emails).Select(e => e.Subject + e.Body));
    }

    [Fact]
    public async Task Many_threads_write_what_one_writes()
    {
        var request = For(Anna, sender: Jane);
        var alone = (await EmailsFor(request, 10)).Select(e => e.Body).ToList();
        var fresh = Writer();
        var together = new List<string>[40];

        await Parallel.ForAsync(0, together.Length, async (i, token) =>
            together[i] = [.. (await fresh.WriteSequencesAsync([request], 10, token))[0].Emails.Select(e => e.Body)]);

        Assert.All(together, bodies => Assert.Equal(alone, bodies));
    }

    [Fact]
    public async Task Analysis_that_names_a_signal_is_cited()
    {
        var found = false;
        for (var i = 0; i < 20 && !found; i++)
        {
            var emails = await EmailsFor(For(Anna with { Email = $"p{i}@betco.example" }, sender: Jane, analysis: Analysis("notes: they got a licence for Ontario")), 5);
            found = emails[3].Evidence.Any(e => e.From == "analysis.buyingSignals" && e.Claim.Contains("entering a newly regulated market", StringComparison.Ordinal))
                && emails[3].Evidence.Any(e => e.From == "pack.triggers.new-market");
        }

        Assert.True(found);
    }

    [Fact]
    public async Task Without_analysis_nothing_is_claimed_that_only_an_analysis_knows()
    {
        for (var i = 0; i < 50; i++)
        {
            var emails = await EmailsFor(For(Anna with { Email = $"p{i}@betco.example" }, sender: Jane), 10);
            Assert.DoesNotContain(emails.SelectMany(e => e.Evidence), e => e.From.StartsWith("analysis.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Batch_of_similar_people_stays_under_the_sameness_limit()
    {
        var batch = Enumerable.Range(0, 50).Select(i => For(Anna with { FirstName = $"Anna{(char)('a' + (i % 26))}", Email = $"p{i}@betco{i}.example", Company = $"Betco {i}" }, sender: Jane)).ToList();

        var sequences = await _writer.WriteSequencesAsync(batch, 4, CancellationToken.None);

        Assert.DoesNotContain(sequences.SelectMany(s => s.Emails).SelectMany(e => e.Quality.Issues), issue => issue.Rule == "sameness");
    }

    [Fact]
    public async Task Same_person_twice_in_a_batch_gets_other_words()
    {
        var sequences = await _writer.WriteSequencesAsync([For(Anna), For(Anna)], 3, CancellationToken.None);

        Assert.All(sequences[0].Emails.Zip(sequences[1].Emails), pair => Assert.NotEqual(pair.First.Body, pair.Second.Body));
    }

    [Fact]
    public async Task Messages_by_rules_score_80_and_more()
    {
        var titles = new[] { "Head of CRM", "CEO", "AML Officer", "Warehouse Clerk", null };
        var batch = Enumerable.Range(0, 100).Select(i => For(Anna with { Email = $"p{i}@x.example", Company = $"Company {i}", Title = titles[i % 5] }, sender: Jane)).ToList();

        var emails = (await _writer.WriteSequencesAsync(batch, 10, CancellationToken.None)).SelectMany(s => s.Emails).ToList();

        Assert.True(emails.Count(e => e.Quality.Score >= 80) >= emails.Count * 0.98, string.Join('\n', emails.Where(e => e.Quality.Score < 80).Select(e => $"{e.Step} {e.Quality.Score} {string.Join(',', e.Quality.Issues)}").Take(10)));
    }

    [Fact]
    public async Task Tone_that_is_unknown_is_refused_with_the_list()
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => _writer.WriteSequencesAsync([For(Anna, tone: "pirate")], 1, CancellationToken.None));

        Assert.Equal("tone_unknown", refusal.Error.Code);
        Assert.Equal(ErrorKind.Invalid, refusal.Error.Kind);
        Assert.Contains("direct, friendly, formal", refusal.Error.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("eng")]
    [InlineData("fr-CH")]
    public async Task Language_other_than_english_is_refused(string language)
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => _writer.WriteVideoAsync(For(Anna) with { Language = language }, 60, CancellationToken.None));

        Assert.Equal("language_not_available", refusal.Error.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("en")]
    [InlineData("EN-gb")]
    public async Task English_is_spoken(string? language) =>
        Assert.NotEmpty((await _writer.WriteLinkedinAsync(For(Anna) with { Language = language }, LinkedinKind.Connect, CancellationToken.None)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Steps_out_of_range_are_refused(int steps) =>
        Assert.Equal("value_out_of_range", (await Assert.ThrowsAsync<DomainException>(() => _writer.WriteSequencesAsync([], steps, CancellationToken.None))).Error.Code);

    [Fact]
    public async Task Pack_without_any_line_still_gives_whole_sentences()
    {
        var empty = SomePacks.Bare with { Audience = "", Pains = [], ValuePropositions = [] };

        var emails = await EmailsFor(For(Anna, empty), 10);

        Assert.All(emails, email => Assert.Empty(CopyChecker.FaultsOf(email.Body)));
    }

    private async Task<IReadOnlyList<GeneratedEmail>> EmailsFor(ContentRequest request, int steps) =>
        (await _writer.WriteSequencesAsync([request], steps, CancellationToken.None))[0].Emails;

    private static void AssertSound(GeneratedEmail email, string because)
    {
        var faults = CopyChecker.FaultsOf(email.Body);
        Assert.True(faults.Count == 0, $"{because}: {string.Join("; ", faults)}\n{email.Subject}\n{email.Body}");
        Assert.InRange(email.Subject.Length, 5, 60);
        Assert.All(email.Evidence, e => Assert.Contains(e.Claim, email.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(email.Quality.Issues, issue => issue.Rule is "unsupported_claim" or "leftovers" or "greeting_name" or "one_question" or "tone" or "shouting" or "spam_words" or "personal_facts");
    }

    private static bool OffersWayOut(string body) => body.Contains("write again", StringComparison.Ordinal) || body.Contains("reply \"stop\"", StringComparison.Ordinal) || body.Contains("no thanks", StringComparison.Ordinal);

    private static int Words(string body) => body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
