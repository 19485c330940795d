namespace ProspectOps.Cli.Tests.FakeApp;

/// <summary>What the fake does, changed by tests while it runs.</summary>
public sealed class FakeBehavior
{
    public const string Key = "po_fake_secret";

    /// <summary>How the workflow ends; <c>Running</c>: never.</summary>
    public string EndsAs { get; set; } = "Completed";

    /// <summary>How often it is polled before it ends.</summary>
    public int Polls { get; set; } = 3;

    /// <summary>How many first tries of complete-pipeline answer 503.</summary>
    public int FailStarts { get; set; }

    /// <summary>How many replies of the workflow break off in the middle.</summary>
    public int BreakReplies { get; set; }

    /// <summary>The JSON of <c>deliveries</c>.</summary>
    public string Deliveries { get; set; } = """{"pending":0,"delivered":3,"retrying":0,"dead":0}""";
}
