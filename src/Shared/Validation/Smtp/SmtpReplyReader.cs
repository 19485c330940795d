using System.Text;

namespace ProspectOps.Validation.Smtp;

/// <summary>Reads replies from a server that may be anything: no line longer than 4 KiB, no reply longer than 16 KiB or 100 lines.</summary>
internal sealed class SmtpReplyReader(Stream stream)
{
    private const int MostLineBytes = 4_096;
    private const int MostReplyBytes = 16_384;
    private const int MostLines = 100;
    private const int MostTextCharacters = 500;

    private readonly byte[] _buffer = new byte[MostLineBytes];
    private int _start;
    private int _end;

    /// <summary>Whether more has come than was read; before STARTTLS that is an attack (CVE-2011-0411).</summary>
    public bool HasMore => _end > _start;

    /// <summary>All lines of the reply, the text of each apart.</summary>
    /// <exception cref="SmtpFailureException">It is no reply, or the connection ended.</exception>
    public async ValueTask<(SmtpReply Reply, IReadOnlyList<string> Lines)> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>(1);
        var (code, bytes) = (0, 0);
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            bytes += line.Length;
            if (!TryReadCode(line, out var lineCode) || (code != 0 && lineCode != code))
                throw new SmtpFailureException(MailboxState.Broken, "The server's answer is no SMTP reply.");
            code = lineCode;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length < 4 || line[3] == ' ')
                return (Reply(code, lines), lines);
            if (lines.Count >= MostLines || bytes > MostReplyBytes)
                throw new SmtpFailureException(MailboxState.Broken, "The server's reply does not end.");
        }
    }

    private static bool TryReadCode(string line, out int code)
    {
        code = 0;
        if (line.Length < 3 || line[0] is < '2' or > '5' || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2]) || (line.Length > 3 && line[3] is not (' ' or '-')))
            return false;
        code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        return true;
    }

    private static SmtpReply Reply(int code, List<string> lines)
    {
        var enhanced = EnhancedOf(code, lines[0]);
        var text = string.Join(' ', lines.Select(line => enhanced is not null && line.StartsWith(enhanced, StringComparison.Ordinal) ? line[enhanced.Length..].TrimStart() : line));
        return new SmtpReply(code, enhanced, text.Length <= MostTextCharacters ? text : text[..MostTextCharacters]);
    }

    /// <summary>Three numbers with dots at the beginning, of the reply's own class.</summary>
    private static string? EnhancedOf(int code, string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? line : line[..end];
        var parts = word.Split('.');
        var fits = parts is [{ Length: 1 }, { Length: > 0 and <= 3 }, { Length: > 0 and <= 3 }] && parts[0][0] - '0' == code / 100 && parts.All(part => part.All(char.IsAsciiDigit));
        return fits ? word : null;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var newLine = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if (newLine >= 0)
            {
                var line = Printable(_buffer.AsSpan(_start, newLine - _start));
                _start = newLine + 1;
                return line;
            }
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            if (_end == _buffer.Length)
                throw new SmtpFailureException(MailboxState.Broken, "The server sent a line without an end.");
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new SmtpFailureException(MailboxState.Broken, "The server broke off the connection.");
            _end += read;
        }
    }

    // Results and logs show what servers say, so nothing in it may act on a terminal or a page.
    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder(line.Length);
        foreach (var octet in line.TrimEnd((byte)'\r'))
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : octet == '\t' ? ' ' : '?');
        return text.ToString();
    }
}
