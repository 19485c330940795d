using ProspectOps.Content.Rules;

namespace ProspectOps.Content.Copy;

/// <summary>Writes the messages of one person's sequence, each again where it has faults or reads like another of the batch.</summary>
internal sealed class EmailWriter(TemplateLibrary templates, QualityGate gate, ContentOptions options)
{
    private const string Channel = "email";

    public IReadOnlyList<GeneratedEmail> Write(Person person, Tone tone, int steps, SamenessIndex sameness)
    {
        var asksAlways = OptOut.IsAskedFor(person.Lines.Pack, person.Request.Prospect.Country);
        var emails = new GeneratedEmail[steps];
        for (var step = 1; step <= steps; step++)
        {
            var template = EmailPlan.TemplateOf(step, steps);
            var facts = person.FactsFor(step - 1, EmailPlan.PainTurn(template));
            var best = WriteOnce(person, facts, tone, step, template, asksAlways || step == 1, sameness, attempt: 0);
            for (var attempt = 1; attempt <= options.Rewrites && (best.Sameness > options.SamenessLimit || best.Quality.Score < options.AcceptedScore); attempt++)
            {
                var next = WriteOnce(person, facts, tone, step, template, asksAlways || step == 1, sameness, attempt);
                if (next.Quality.Score > best.Quality.Score || (next.Quality.Score == best.Quality.Score && next.Sameness < best.Sameness))
                    best = next;
            }

            sameness.Add(best.Shingles);
            emails[step - 1] = new(step, EmailPlan.DayOffset(step), best.Text.Subject, best.Text.Body, best.Text.Evidence, best.Quality);
        }

        return emails;
    }

    private Attempt WriteOnce(Person person, FactSheet facts, Tone tone, int step, int template, bool asksForOptOut, SamenessIndex index, int attempt)
    {
        var seed = StableHash.Mix(person.Seed, (step * 16) + attempt);
        var variants = templates.Variants(Channel, tone, $"step-{template:00}");
        var draft = new Draft(facts, tone, seed) { AsksForOptOut = asksForOptOut, SubjectLimit = options.SubjectLimit };
        // A rewrite takes the next variant, not whichever the hash says, so that it cannot be the same again.
        variants[(int)((StableHash.Mix(person.Seed, step) + (ulong)attempt) % (ulong)variants.Count)].Write(draft);

        var words = EmailPlan.Words(template);
        var text = Composition.Email(draft, words.Most);
        var shingles = SamenessIndex.ShinglesOf(OwnWords(text, facts), []);
        var nearest = index.Nearest(shingles);
        var quality = gate.Judge(
            new CheckedMessage
            {
                Kind = MessageKind.Email,
                Request = person.Request,
                Tone = tone,
                Subject = text.Subject,
                Body = text.Body,
                Evidence = text.Evidence,
                Step = step,
                Words = words,
                FirstName = person.FirstName,
                FactsKnown = person.FactsKnown,
            },
            nearest,
            options.SamenessLimit);
        return new(text, quality, shingles, nearest);
    }

    /// <summary>The body without greeting, way out and closing, and without the words that it was given.</summary>
    private static string OwnWords(Composition text, FactSheet facts)
    {
        var own = new System.Text.StringBuilder(text.Body.Length);
        foreach (var sentence in text.Sentences)
        {
            if (sentence.Part != Part.Body)
                continue;
            var start = own.Length;
            own.Append(sentence.Text).Append(' ');
            foreach (var fact in sentence.RestsOn.Each())
                own.Replace(facts[fact]!, "", start, own.Length - start);
        }

        return own.ToString();
    }

    private sealed record Attempt(Composition Text, Quality Quality, HashSet<ulong> Shingles, double Sameness);
}
