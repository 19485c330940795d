namespace ProspectOps.Research;

/// <summary>Settings under <c>Research</c>.</summary>
public sealed class ResearchOptions
{
    /// <summary>
    /// A folder with packs of one's own, <c>&lt;id&gt;.json</c> each; relative to the working folder.
    /// A pack with the id of one that is shipped replaces it. Default: none.
    /// </summary>
    public string? PacksFolder { get; init; }
}
