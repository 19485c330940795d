using System.Globalization;

namespace ProspectOps.Clay;

/// <summary>Row keys of the lists of rows: <c>x|</c>state|time|campaign|row.</summary>
public static class ClayRowIndex
{
    public const string Returned = "b";
    public const string Failed = "f";
    public const string Open = "o";

    /// <summary>Range of a list.</summary>
    /// <param name="state">Null for all.</param>
    public static (string From, string To) Range(string? state) => state is null ? ("x|", "x|~") : ($"x|{state}|", $"x|{state}|~");

    /// <summary>Open rows that were due before.</summary>
    public static (string From, string To) Overdue(DateTimeOffset now) => ($"x|{Open}|", string.Create(CultureInfo.InvariantCulture, $"x|{Open}|{now.UtcTicks:D19}~"));

    internal static string Of(string state, long ticks, ClayRow row) => string.Create(CultureInfo.InvariantCulture, $"x|{state}|{ticks:D19}|{row.Key[2..]}");
}
