using System.Text;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Packs events: the newest stay in the header row, so that a small step is one write of one row; when they grow, they are sealed into rows of their own. Pure.</summary>
internal static class HistorySegments
{
    /// <summary>Above this the header's part is sealed: it is written again with every step.</summary>
    public const int LongestTail = 6_000;

    /// <returns>The rows to add and the new tail.</returns>
    public static (IReadOnlyList<string> Rows, string Tail) Append(string tail, IEnumerable<HistoryEvent> events)
    {
        const int rowChars = InstanceRows.ColumnChars * InstanceRows.HistoryColumns;
        var rows = new List<string>();
        var open = new StringBuilder(tail);
        foreach (var text in events.Select(HistoryJson.Write))
        {
            if (open.Length > 0 && open.Length + 1 + text.Length > rowChars)
            {
                rows.Add(open.ToString());
                open.Clear();
            }
            if (open.Length > 0)
                open.Append(',');
            open.Append(text);
        }
        if (open.Length <= LongestTail)
            return (rows, open.ToString());
        rows.Add(open.ToString());
        return (rows, "");
    }
}
