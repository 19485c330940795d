namespace ProspectOps.Cli.Tests.FakeApp;

/// <summary>What the fake does, changed by tests while it runs.</summary>
public sealed class FakeBehavior
{
    public const string Key = "po_fake_secret";

    private string _endsAs = "Completed";

    /// <summary>Where there is such a file, it holds how workflows end.</summary>
    public string? EndsAsFile { get; init; }

    /// <summary>How workflows end; <c>Running</c>: never.</summary>
    public string EndsAs
    {
        get => File.Exists(EndsAsFile) ? File.ReadAllText(EndsAsFile).Trim() : _endsAs;
        set => _endsAs = value;
    }

    /// <summary>How often a workflow is polled before it ends; four times that for a campaign named "slow".</summary>
    public int Polls { get; set; } = 3;

    /// <summary>How many first tries of complete-pipeline answer 503.</summary>
    public int FailStarts { get; set; }

    /// <summary>How many replies of the workflow break off in the middle.</summary>
    public int BreakReplies { get; set; }

    /// <summary>The JSON of <c>deliveries</c>.</summary>
    public string Deliveries { get; set; } = """{"pending":0,"delivered":3,"retrying":0,"dead":0}""";
}
