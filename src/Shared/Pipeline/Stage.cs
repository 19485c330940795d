namespace ProspectOps.Pipeline;

/// <summary>The stages of a pipeline, in their order.</summary>
public static class Stage
{
    public const string Research = "research";
    public const string Validate = "validate";
    public const string Analyze = "analyze";
    public const string Generate = "generate";
    public const string Approve = "approve";
    public const string Deliver = "deliver";

    public static IReadOnlyList<string> All { get; } = [Research, Validate, Analyze, Generate, Approve, Deliver];

    /// <summary>A stage's share of the whole, for the percentage: about how long it takes.</summary>
    public static int Weight(string stage) => stage switch
    {
        Research => 5,
        Validate => 20,
        Analyze => 25,
        Generate => 30,
        Approve => 0,
        Deliver => 20,
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
