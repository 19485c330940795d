namespace ProspectOps.Content.Rules;

/// <summary>An e-mail has a subject, and a phone shows all of it.</summary>
internal sealed class SubjectLength(int limit) : IQualityRule
{
    public string Id => "subject_length";

    public int Weight => 15;

    public string? Check(CheckedMessage message)
    {
        if (message.Kind != MessageKind.Email)
            return null;
        if (string.IsNullOrWhiteSpace(message.Subject))
            return "There is no subject.";
        return message.Subject.Length > limit ? $"The subject has {message.Subject.Length} characters; {limit} is the limit." : null;
    }
}
