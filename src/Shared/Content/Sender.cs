namespace ProspectOps.Content;

/// <summary>Who writes. Every field may be missing.</summary>
public sealed record Sender
{
    public string? Name { get; init; }
    public string? Title { get; init; }
    public string? Company { get; init; }
    public string? Offer { get; init; }
}
