namespace ProspectOps.Content.Rules;

/// <summary>Nothing of a template is left in the text, and no slot is empty.</summary>
internal sealed class Leftovers : IQualityRule
{
    private static readonly System.Buffers.SearchValues<string> Marks = System.Buffers.SearchValues.Create(
        ["{{", "}}", "${", "<%", "%>", "[[", "]]", "[name]", "[company]", "[title]", "[first name]", "<name>", "lorem ipsum", " ,", " .", " ?", "  ", ",,", "..", "()", "\"\"", "\n\n\n", "hi ,", "as  at"], StringComparison.OrdinalIgnoreCase);

    private readonly WordFinder _words = new(["undefined", "null", "NaN", "TODO", "TBD", "XXX"]);

    public string Id => "leftovers";

    public int Weight => 40;

    public string? Check(CheckedMessage message) =>
        Find(message.Subject) ?? Find(message.Body);

    private string? Find(string? text)
    {
        if (text is null)
            return null;
        var at = text.AsSpan().IndexOfAny(Marks);
        if (at >= 0)
            return $"Something is left of the template, or a slot is empty, at character {at + 1}.";
        return _words.Find(text) is { } word ? $"\"{word}\" stands where a value should." : null;
    }
}
