namespace ProspectOps.Content.Rules;

/// <summary>No exclamation marks and no words in capitals, but for initials of up to five letters and the person's own data.</summary>
internal sealed class Shouting : IQualityRule
{
    private const int LongestInitials = 5;

    public string Id => "shouting";

    public int Weight => 10;

    public string? Check(CheckedMessage message)
    {
        if (message.Body.Contains('!', StringComparison.Ordinal) || message.Subject?.Contains('!', StringComparison.Ordinal) is true)
            return "There is an exclamation mark.";
        return (FirstShout(message.Subject, message) ?? FirstShout(message.Body, message)) is { } word ? $"\"{word}\" is in capitals." : null;
    }

    private static string? FirstShout(string? text, CheckedMessage message)
    {
        if (text is null)
            return null;
        foreach (var range in text.AsSpan().SplitAny(" \n\t-/"))
        {
            var word = text.AsSpan(range).Trim(".,;:?\"'()");
            if (word.Length > LongestInitials && IsUpper(word) && !IsOwn(word, message.Request))
                return word.ToString();
        }

        return null;
    }

    private static bool IsUpper(ReadOnlySpan<char> word)
    {
        foreach (var unit in word)
        {
            if (!char.IsUpper(unit))
                return false;
        }

        return true;
    }

    /// <summary>A company may be called so.</summary>
    private static bool IsOwn(ReadOnlySpan<char> word, ContentRequest request) =>
        request.Prospect.Company.AsSpan().Contains(word, StringComparison.Ordinal)
        || request.Prospect.Title.AsSpan().Contains(word, StringComparison.Ordinal)
        || request.Sender?.Company.AsSpan().Contains(word, StringComparison.Ordinal) is true;
}
