using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Content;

/// <summary>How messages are written and judged; section <c>Content</c>.</summary>
public sealed class ContentOptions
{
    public const string Section = "Content";

    /// <summary>The tone where a request names none: <c>direct</c>, <c>friendly</c> or <c>formal</c>. Default direct.</summary>
    [RegularExpression("^(direct|friendly|formal)$")]
    public string Tone { get; init; } = "direct";

    /// <summary>How many times a message is written anew because of a fault. Default 2.</summary>
    [Range(0, 5)]
    public int Rewrites { get; init; } = 2;

    /// <summary>A message below this score is written anew. Default 80.</summary>
    [Range(0, 100)]
    public int AcceptedScore { get; init; } = 80;

    /// <summary>How much of its own wording a message may share with another of the batch, 0 to 1. Default 0.7.</summary>
    [Range(0.1, 1.0)]
    public double SamenessLimit { get; init; } = 0.7;

    /// <summary>Characters of a subject; longer ones are cut off on a phone. Default 60.</summary>
    [Range(20, 120)]
    public int SubjectLimit { get; init; } = 60;

    /// <summary>Facts of the person that a first message has to use, as far as they are known. Default 2.</summary>
    [Range(0, 5)]
    public int PersonalFacts { get; init; } = 2;

    /// <summary>The Flesch–Kincaid grade above which a message is hard to read. Default 12, the end of school.</summary>
    [Range(5, 20)]
    public double ReadingGrade { get; init; } = 12;

    /// <summary>Links in a message. Default 1.</summary>
    [Range(0, 5)]
    public int Links { get; init; } = 1;
}
