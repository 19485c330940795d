namespace ProspectOps.Prospects.Import;

/// <summary>How a file separates its fields, as its header shows it.</summary>
/// <param name="Separator">Comma, semicolon or tab.</param>
/// <param name="HasHint">Whether the first line is Excel's <c>sep=;</c>, which is no header.</param>
internal readonly record struct CsvDialect(char Separator, bool HasHint)
{
    private const string Hint = "sep=";

    /// <param name="start">The beginning of the text, as much as is at hand.</param>
    public static CsvDialect Of(ReadOnlySpan<char> start)
    {
        start = start.TrimStart("\r\n");
        if (start.Length > Hint.Length && start.StartsWith(Hint, StringComparison.OrdinalIgnoreCase)
            && start[Hint.Length] is ',' or ';' or '\t' && (start.Length == Hint.Length + 1 || start[Hint.Length + 1] is '\r' or '\n'))
            return new(start[Hint.Length], true);

        var (commas, semicolons, tabs) = (0, 0, 0);
        var isQuoted = false;
        foreach (var character in start)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (isQuoted)
                continue;
            else if (character is '\r' or '\n')
                break;
            else if (character == ',')
                commas++;
            else if (character == ';')
                semicolons++;
            else if (character == '\t')
                tabs++;
        }
        return new(tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',', false);
    }
}
