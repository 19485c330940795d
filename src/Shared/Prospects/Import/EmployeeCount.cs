using System.Globalization;

namespace ProspectOps.Prospects.Import;

/// <summary>Reads how files write the size of a company.</summary>
internal static class EmployeeCount
{
    private static readonly string[] RangeWords = ["-", "–", "—", " to ", " bis ", " à ", " a "];
    private static readonly string[] Units = ["employees", "employés", "employes", "empleados", "mitarbeiter", "mitarbeitende", "salariés", "people", "staff", "fte"];

    /// <summary>"1,200", "1.200", "1 200" and "1'200" are 1200; "51-200" is 51, its lower bound; "10,001+" is 10001; "1.5k" is 1500;
    /// "~300" is 300. False for everything else: the text is kept, the number is not guessed.</summary>
    public static bool TryParse(string text, out int employees)
    {
        employees = 0;
        var span = text.AsSpan().Trim();
        foreach (var unit in Units)
        {
            if (span.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                span = span[..^unit.Length].TrimEnd();
                break;
            }
        }
        span = span.TrimStart("~≈").Trim();
        foreach (var word in RangeWords)
        {
            var at = span.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at <= 0)
                continue;
            return TryParseOne(span[..at], out employees) && TryParseOne(span[(at + word.Length)..], out var upper) && upper >= employees;
        }
        return TryParseOne(span, out employees);
    }

    private static bool TryParseOne(ReadOnlySpan<char> text, out int employees)
    {
        employees = 0;
        text = text.Trim();
        text = text.EndsWith('+') ? text[..^1].TrimEnd() : text;
        var isThousands = text.EndsWith('k') || text.EndsWith('K');
        if (isThousands)
        {
            return decimal.TryParse(text[..^1].TrimEnd().ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var thousands)
                && TryFit(thousands * 1_000, out employees);
        }

        // Separators only between groups of three: "1.5" is no number of people.
        long value = 0;
        var digitsInGroup = 0;
        var groups = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                value = value * 10 + (character - '0');
                digitsInGroup++;
                if (value > ProspectLimits.Employees)
                    return false;
            }
            else if (character is ',' or '.' or '\'' or '’' or ' ' or '\u00A0' or '\u202F')
            {
                if (groups == 0 ? digitsInGroup is < 1 or > 3 : digitsInGroup != 3)
                    return false;
                groups++;
                digitsInGroup = 0;
            }
            else
            {
                return false;
            }
        }
        return (groups == 0 ? digitsInGroup > 0 : digitsInGroup == 3) && TryFit(value, out employees);
    }

    private static bool TryFit(decimal value, out int employees)
    {
        var fits = value is >= 0 and <= ProspectLimits.Employees && value == decimal.Truncate(value);
        employees = fits ? (int)value : 0;
        return fits;
    }
}
