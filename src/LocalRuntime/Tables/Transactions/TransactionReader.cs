using System.Buffers.Text;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>Walks the multipart answer to a transaction, line by line over its bytes, and takes out one response per action.</summary>
/// <remarks>Boundaries are not compared: a part's body is one line of JSON, which cannot begin with two hyphens.</remarks>
internal ref struct TransactionReader
{
    private readonly ReadOnlyMemory<byte> _body;
    private int _at;

    private TransactionReader(ReadOnlyMemory<byte> body) => _body = body;

    public static List<Response> Read(ReadOnlyMemory<byte> body, int expected, string clientRequestId)
    {
        var reader = new TransactionReader(body);
        var responses = new List<Response>(expected);
        while (reader.Next(clientRequestId) is { } response)
            responses.Add(response);
        return responses;
    }

    private TransactionPartResponse? Next(string clientRequestId)
    {
        while (TryLine(out var line))
        {
            if (!line.StartsWith("HTTP/1."u8))
                continue;
            var status = Utf8Parser.TryParse(line[9..], out int code, out var digits) ? code : 0;
            var reason = Encoding.ASCII.GetString(line[(9 + digits)..]).Trim();
            var headers = Headers();
            return new TransactionPartResponse(status, reason, headers, Body(), clientRequestId);
        }
        return null;
    }

    private ReadOnlyMemory<byte> Headers()
    {
        var start = _at;
        var end = start;
        while (TryLine(out var line) && line.Length > 0)
            end = _at;
        return _body[start..end];
    }

    /// <summary>What lies before the next boundary, without the blank lines around it.</summary>
    private ReadOnlyMemory<byte> Body()
    {
        var start = -1;
        var end = -1;
        var lineStart = _at;
        while (TryLine(out var line))
        {
            if (line.StartsWith("--"u8))
            {
                _at = lineStart;
                break;
            }
            if (line.Length > 0)
            {
                start = start < 0 ? lineStart : start;
                end = lineStart + line.Length;
            }
            lineStart = _at;
        }
        return start < 0 ? ReadOnlyMemory<byte>.Empty : _body[start..end];
    }

    private bool TryLine(out ReadOnlySpan<byte> line)
    {
        var rest = _body.Span[_at..];
        if (rest.IsEmpty)
        {
            line = default;
            return false;
        }
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        _at += end < 0 ? rest.Length : end + 1;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        return true;
    }
}
