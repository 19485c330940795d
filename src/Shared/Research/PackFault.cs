namespace ProspectOps.Research;

/// <summary>What is wrong with a pack.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">Where in it, as a JSON path: <c>$.personas[2].pains[0]</c>.</param>
/// <param name="Message">One sentence that says what to change.</param>
public sealed record PackFault(string File, string Path, string Message)
{
    public override string ToString() => $"{File}: {Path}: {Message}";
}
