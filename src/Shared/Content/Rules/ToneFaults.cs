using System.Collections.Frozen;
using ProspectOps.Content.Copy;

namespace ProspectOps.Content.Rules;

/// <summary>Words that belong to another tone: contractions in a formal message, hedging in a direct one, stiffness in a friendly one. The lists are Data/tone-*.txt.</summary>
internal sealed class ToneFaults : IQualityRule
{
    private readonly FrozenDictionary<Tone, WordFinder> _faults = Enum.GetValues<Tone>()
        .ToFrozenDictionary(tone => tone, tone => new WordFinder(DataFile.Lines($"tone-{tone.ToString().ToLowerInvariant()}.txt")));

    public string Id => "tone";

    public int Weight => 10;

    public string? Check(CheckedMessage message) =>
        _faults[message.Tone].Find(message.Body) is { } word ? $"\"{word}\" does not go with a {message.Tone.ToString().ToLowerInvariant()} tone." : null;
}
