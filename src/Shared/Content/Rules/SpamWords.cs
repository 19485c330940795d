using ProspectOps.Content.Copy;

namespace ProspectOps.Content.Rules;

/// <summary>Words that filters and readers take for advertising or for a form letter. The list is Data/spam-words.txt.</summary>
internal sealed class SpamWords : IQualityRule
{
    private readonly WordFinder _words = new(DataFile.Lines("spam-words.txt"));

    public string Id => "spam_words";

    public int Weight => 15;

    public string? Check(CheckedMessage message) =>
        (_words.Find(message.Subject) ?? _words.Find(message.Body)) is { } word ? $"\"{word}\" reads like advertising; say it in plain words." : null;
}
