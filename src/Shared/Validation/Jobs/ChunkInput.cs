namespace ProspectOps.Validation.Jobs;

/// <summary>The addresses of a chunk.</summary>
/// <param name="Places">Where in its wave each stands.</param>
/// <param name="Rows">How many rows of the list each stands for.</param>
public sealed record ChunkInput(int[] Places, string[] Emails, int[] Rows);
