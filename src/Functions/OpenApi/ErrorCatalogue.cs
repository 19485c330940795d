using System.Globalization;

namespace ProspectOps.Functions.OpenApi;

/// <summary>Every code that a refusal can carry. It is read from <c>docs/errors.md</c>, which is part of the app, so that the manual and the API cannot disagree.</summary>
/// <remarks>An entry is a heading of the second level with the code; a line with the status, a middle dot and the meaning; and paragraphs that say how to mend it.</remarks>
public static class ErrorCatalogue
{
    private const string Heading = "## ";

    public static IReadOnlyDictionary<string, CataloguedError> Errors { get; } = Read();

    private static SortedDictionary<string, CataloguedError> Read()
    {
        using var stream = typeof(ErrorCatalogue).Assembly.GetManifestResourceStream("errors.md") ?? throw new InvalidOperationException("docs/errors.md is not part of the app.");
        using var reader = new StreamReader(stream);
        var errors = new SortedDictionary<string, CataloguedError>(StringComparer.Ordinal);
        foreach (var entry in reader.ReadToEnd().ReplaceLineEndings("\n").Split($"\n{Heading}").Skip(1).Select(Parse))
            errors.Add(entry.Code, entry);
        return errors;
    }

    private static CataloguedError Parse(string entry)
    {
        var paragraphs = entry.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first = paragraphs.Length < 3 ? [] : paragraphs[1].Split(" · ", 2);
        return first.Length == 2 && int.TryParse(first[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? new CataloguedError(paragraphs[0], status, first[1], paragraphs[2..])
            : throw new FormatException($"docs/errors.md: {paragraphs.FirstOrDefault()} needs a line 'status · meaning' and a paragraph on how to mend it.");
    }
}
