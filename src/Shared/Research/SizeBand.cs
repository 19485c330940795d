namespace ProspectOps.Research;

/// <summary>From <paramref name="From"/> employees, up to the next band.</summary>
public sealed record SizeBand(int From, int Points, string Name);
