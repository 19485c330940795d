using System.Buffers;
using System.Text;

namespace ProspectOps.Prospects;

/// <summary>Cleans the fields of one record and remembers the first that breaks a rule.</summary>
internal sealed class FieldRules
{
    // Everything that is neither text nor a white space that texts hold.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code).Except(['\t', '\n', '\r', '\u0085'])]);

    public string? Field { get; private set; }

    public string? Rejection { get; private set; }

    /// <summary>Only trimmed, and cut where it cannot be an address any more.</summary>
    public static string? Address(string? value)
    {
        var text = value.AsSpan().Trim();
        return text.IsEmpty ? null : text.Length > ProspectLimits.Email ? text[..ProspectLimits.Email].ToString() : Same(value!, text);
    }

    /// <summary>A field of one line: runs of white space, line ends too, become one space.</summary>
    public string? Line(string field, string? value, int limit)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty || !Accept(field, text, limit))
            return null;
        if (!HasWhiteSpaceToFold(text))
            return Same(value!, text);

        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
                folded.Append(character);
            else if (folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString();
    }

    /// <summary>A field of many lines; line ends become LF.</summary>
    public string? Text(string field, string? value, int limit)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty || !Accept(field, text, limit))
            return null;
        return text.Contains('\r') ? text.ToString().ReplaceLineEndings("\n") : Same(value!, text);
    }

    public int? Employees(int? value)
    {
        if (value is < 0 or > ProspectLimits.Employees)
            Reject("employees", $"The number of employees lies between 0 and {ProspectLimits.Employees:#,0}.");
        return value;
    }

    public IReadOnlyDictionary<string, string>? Custom(IReadOnlyDictionary<string, string>? fields)
    {
        if (fields is null || fields.Count == 0)
            return null;
        if (fields.Count > ProspectLimits.CustomFields)
        {
            Reject("custom", $"There are more than {ProspectLimits.CustomFields} custom fields.");
            return null;
        }
        var kept = new Dictionary<string, string>(fields.Count, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (Line("custom", name, ProspectLimits.CustomName) is { } key && Text($"custom.{key}", value, ProspectLimits.CustomValue) is { } text)
                kept.TryAdd(key, text);
        }
        return kept.Count == 0 ? null : kept;
    }

    private bool Accept(string field, ReadOnlySpan<char> text, int limit)
    {
        if (text.Length > limit)
            Reject(field, $"{field} is longer than {limit:#,0} characters.");
        else if (text.ContainsAny(Controls))
            Reject(field, $"{field} holds a control character.");
        else
            return true;
        return false;
    }

    private void Reject(string field, string rejection)
    {
        Field ??= field;
        Rejection ??= rejection;
    }

    private static bool HasWhiteSpaceToFold(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || text[i - 1] == ' '))
                return true;
        }
        return false;
    }

    private static string Same(string whole, ReadOnlySpan<char> part) => part.Length == whole.Length ? whole : part.ToString();
}
