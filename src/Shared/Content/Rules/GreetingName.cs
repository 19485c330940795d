namespace ProspectOps.Content.Rules;

/// <summary>Greets by name where the name is known, and without one where it is not.</summary>
internal sealed class GreetingName : IQualityRule
{
    public string Id => "greeting_name";

    public int Weight => 15;

    public string? Check(CheckedMessage message)
    {
        if (message.Kind == MessageKind.Video)
            return null;
        var end = message.Body.IndexOfAny(['\n', ',', '.']);
        var greeting = message.Body.AsSpan(0, end < 0 ? message.Body.Length : end);
        if (message.FirstName is { } name)
            return greeting.Contains(name, StringComparison.Ordinal) ? null : "The greeting leaves out a name that is known.";
        // "Hi" needs somebody to say it to.
        return greeting.Trim() is "Hi" or "Dear" or "Hey" ? "The greeting has no name; use one that needs none, such as \"Hello,\"." : null;
    }
}
