namespace ProspectOps.Prospects.Import;

/// <summary>What each column of a file is.</summary>
internal sealed class HeaderMap
{
    private HeaderMap(CsvTarget[] targets, CsvColumn[] columns) => (Targets, Columns) = (targets, columns);

    public CsvTarget[] Targets { get; }

    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <exception cref="Platform.Errors.DomainException"><c>csv_duplicate_column</c>, <c>csv_no_usable_column</c>,
    /// <c>csv_too_many_columns</c>.</exception>
    public static HeaderMap Of(string[] headers)
    {
        if (headers.Length > CsvLimits.Columns)
            throw CsvErrors.TooManyColumns(headers.Length);
        var names = Array.ConvertAll(headers, header => header.Trim());
        var targets = Array.ConvertAll(names, HeaderAliases.Find);
        for (var i = 0; i < targets.Length; i++)
        {
            if (HeaderAliases.Beside(names[i], targets.Contains(CsvTarget.FirstName), targets.Contains(CsvTarget.LastName)) is { } part)
                targets[i] = part;
        }
        Refuse(names, targets);

        var customNames = new HashSet<string>(StringComparer.Ordinal);
        var columns = new CsvColumn[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            columns[i] = new(names[i], targets[i] == CsvTarget.Custom
                ? CsvColumns.CustomPrefix + CustomName(names[i], i, customNames)
                : HeaderAliases.FieldName(targets[i]));
        }
        return new(targets, columns);
    }

    private static void Refuse(string[] names, CsvTarget[] targets)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            var first = Array.IndexOf(targets, targets[i]);
            if (targets[i] != CsvTarget.Custom && first < i)
                throw CsvErrors.DuplicateColumn(names[first], names[i], HeaderAliases.FieldName(targets[i]));
        }
        var namesPerson = targets.Contains(CsvTarget.LastName) || targets.Contains(CsvTarget.FullName);
        if (!targets.Contains(CsvTarget.Email) && !targets.Contains(CsvTarget.LinkedinUrl) && !(namesPerson && targets.Contains(CsvTarget.Company)))
            throw CsvErrors.NoUsableColumn(names.Any(name => Validation.EmailAddress.TryParse(name, out _, out _)));
    }

    /// <summary>Unique in the file, because values of one name would overwrite each other.</summary>
    private static string CustomName(string name, int index, HashSet<string> taken)
    {
        if (name.Length == 0)
            name = $"column {index + 1}";
        else if (name.Length > ProspectLimits.CustomName - 8)
            name = name[..(ProspectLimits.CustomName - 8)];
        var unique = name;
        for (var copy = 2; !taken.Add(unique); copy++)
            unique = $"{name} ({copy})";
        return unique;
    }
}
