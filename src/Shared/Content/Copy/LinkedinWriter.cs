using ProspectOps.Content.Rules;

namespace ProspectOps.Content.Copy;

/// <summary>Writes what LinkedIn carries: all variants are tried, and of those that do well the one that says most is taken.</summary>
internal sealed class LinkedinWriter(TemplateLibrary templates, QualityGate gate, ContentOptions options)
{
    /// <summary>LinkedIn refuses a longer note to a connection request.</summary>
    public const int ConnectLimit = 300;

    private const int MessageLimit = 900;
    private const int FollowupLimit = 500;

    public (Composition Text, Quality Quality) Write(Person person, Tone tone, LinkedinKind kind)
    {
        var (step, limit) = kind switch
        {
            LinkedinKind.Connect => ("connect", ConnectLimit),
            LinkedinKind.Message => ("message", MessageLimit),
            LinkedinKind.Followup => ("followup", FollowupLimit),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var facts = kind == LinkedinKind.Followup ? person.FactsFor(1, 1) : person.FactsFor(0, 0);
        var variants = templates.Variants("linkedin", tone, step);
        (Composition Text, Quality Quality)? best = null;
        for (var attempt = 0; attempt < Math.Max(variants.Count, options.Rewrites + 1); attempt++)
        {
            var draft = new Draft(facts, tone, StableHash.Mix(person.Seed, 1_000 + ((int)kind * 16) + attempt));
            variants[(int)((StableHash.Mix(person.Seed, (int)kind) + (ulong)attempt) % (ulong)variants.Count)].Write(draft);
            var text = Composition.Short(draft, limit);
            var quality = gate.Judge(new CheckedMessage
            {
                Kind = MessageKind.Linkedin,
                Request = person.Request,
                Tone = tone,
                Body = text.Body,
                Evidence = text.Evidence,
                Step = kind == LinkedinKind.Followup ? 2 : 1,
                FirstName = person.FirstName,
                // A connection request has room for one fact.
                FactsKnown = kind == LinkedinKind.Connect ? Math.Min(1, person.FactsKnown) : person.FactsKnown,
            });
            if (best is not { } b || quality.Score > b.Quality.Score || (quality.Score == b.Quality.Score && text.Evidence.Count > b.Text.Evidence.Count))
                best = (text, quality);
        }

        return best!.Value;
    }
}
