namespace ProspectOps.Content.Rules;

/// <summary>A message before the rules, written by templates or by a model, with what they have in common worked out once.</summary>
internal sealed class CheckedMessage
{
    private TextMeasure? _measure;

    public required MessageKind Kind { get; init; }

    public required ContentRequest Request { get; init; }

    public required Tone Tone { get; init; }

    /// <summary>Only e-mails have one.</summary>
    public string? Subject { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>1 for the first message to a person.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Fewest and most words.</summary>
    public (int Fewest, int Most) Words { get; init; } = (1, int.MaxValue);

    /// <summary>The first name as it can be used in a greeting; null where none is known.</summary>
    public string? FirstName { get; init; }

    /// <summary>How many facts of the person are known and fit to be used, the name apart.</summary>
    public int FactsKnown { get; init; }

    public TextMeasure Measure => _measure ??= new TextMeasure(Body);
}
