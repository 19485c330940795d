using System.Text;

namespace ProspectOps.EndToEnd.Tests.Api;

/// <summary>Reads CSV as RFC 4180 has it; a fault in it fails the test.</summary>
internal static class CsvText
{
    /// <summary>Each row's cells by the names of the header.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        var records = Records(text);
        var header = records[0];
        Assert.Equal(header.Count, header.Distinct().Count());
        Assert.All(records, record => Assert.Equal(header.Count, record.Count));
        return [.. records.Skip(1).Select(record => header.Zip(record).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<List<string>> Records(string text)
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var position = 0;
        while (position < text.Length)
        {
            record.Add(text[position] == '"' ? Quoted(text, ref position) : Plain(text, ref position));
            if (position < text.Length && text[position] == ',')
            {
                position++;
                if (position < text.Length && text[position] is not ('\r' or '\n'))
                    continue;
                record.Add("");
            }
            if (position < text.Length && text[position] == '\r')
                position++;
            if (position < text.Length)
                Assert.Equal('\n', text[position++]);
            records.Add(record);
            record = [];
        }
        return records;
    }

    private static string Plain(string text, ref int position)
    {
        var end = text.AsSpan(position).IndexOfAny(",\r\n");
        var cell = end < 0 ? text[position..] : text.Substring(position, end);
        Assert.DoesNotContain('"', cell);
        position += cell.Length;
        return cell;
    }

    private static string Quoted(string text, ref int position)
    {
        var cell = new StringBuilder();
        position++;
        while (true)
        {
            var quote = text.IndexOf('"', position);
            Assert.True(quote >= 0, "A quote is never closed.");
            cell.Append(text, position, quote - position);
            position = quote + 1;
            if (position >= text.Length || text[position] != '"')
                return cell.ToString();
            cell.Append('"');
            position++;
        }
    }
}
