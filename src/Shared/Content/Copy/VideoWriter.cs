using ProspectOps.Content.Rules;
using ProspectOps.Prospects;

namespace ProspectOps.Content.Copy;

/// <summary>Writes a script that is spoken in exactly the seconds asked for: sentences are chosen so that the words fit, and the scenes share the time by their words.</summary>
internal sealed class VideoWriter(TemplateLibrary templates, QualityGate gate)
{
    public const int Shortest = 30;
    public const int Longest = 120;

    /// <summary>A calm speaker says 2.3 to 2.6 words a second; slower is dull, faster is read out.</summary>
    private const double SlowestPace = 2.3;

    private const double FastestPace = 2.6;

    public VideoScript Write(Person person, Tone tone, int seconds)
    {
        var facts = person.FactsFor(0, 0);
        var draft = new Draft(facts, tone, StableHash.Mix(person.Seed, 2_000));
        var variants = templates.Variants("video", tone, "script");
        variants[(int)(StableHash.Mix(person.Seed, 2_001) % (ulong)variants.Count)].Write(draft);

        var spoken = draft.Sentences.Where(s => s.Part == Part.Body).ToList();
        var chosen = SpeechLength.Choose(spoken, (int)Math.Ceiling(seconds * SlowestPace), (int)Math.Floor(seconds * FastestPace));
        var scenes = chosen.GroupBy(s => s.Paragraph).OrderBy(scene => scene.Key).ToList();
        var words = scenes.Select(scene => scene.Sum(s => Composition.CountWords(s.Text))).ToArray();
        var shares = SpeechLength.Share(seconds, words);
        var result = scenes.Select((scene, i) => new VideoScene(
            shares[i],
            string.Join(' ', scene.Select(s => s.Text)),
            draft.Sentences.First(s => s.Part == Part.Visual && s.Paragraph == scene.Key).Text)).ToList();

        var evidence = Composition.EvidenceOf(chosen, facts);
        var quality = gate.Judge(new CheckedMessage
        {
            Kind = MessageKind.Video,
            Request = person.Request,
            Tone = tone,
            Body = string.Join("\n\n", result.Select(scene => scene.Narration)),
            Evidence = evidence,
            Words = ((int)(seconds * SlowestPace), (int)Math.Ceiling(seconds * FastestPace)),
            FirstName = person.FirstName,
            FactsKnown = person.FactsKnown,
        });
        var title = draft.Sentences.First(s => s.Part == Part.Subject).Text;
        return new(title, result, words.Sum(), evidence, quality, "rules", Cached: false, ModelUsage.None);
    }
}
