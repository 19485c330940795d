namespace ProspectOps.Functions.OpenApi;

/// <summary>What an error code means.</summary>
/// <param name="Status">The HTTP status that it comes with.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Mend">What the caller can do, in paragraphs of Markdown that knows only <c>`code`</c>.</param>
public sealed record CataloguedError(string Code, int Status, string Meaning, IReadOnlyList<string> Mend);
