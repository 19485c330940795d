using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The response to one action of a transaction. Its headers stay bytes until somebody asks: mostly for the ETag alone, or for none.</summary>
internal sealed class TransactionPartResponse(
    int status, string reason, ReadOnlyMemory<byte> headers, ReadOnlyMemory<byte> body, string clientRequestId) : Response
{
    private Stream? _content = body.IsEmpty ? null : new MemoryStream(body.ToArray(), writable: false);

    public override int Status => status;

    public override string ReasonPhrase => reason;

    public override Stream? ContentStream
    {
        get => _content;
        set => _content = value;
    }

    public override string ClientRequestId { get; set; } = clientRequestId;

    public override bool IsError => status >= 400;

    public override void Dispose() => _content?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        foreach (var line in headers.Span.Split("\r\n"u8))
        {
            if (TrySplit(headers.Span[line], out var key, out var text) && Ascii.EqualsIgnoreCase(key, name))
            {
                value = Encoding.UTF8.GetString(text);
                return true;
            }
        }
        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        var all = new List<HttpHeader>();
        foreach (var line in headers.Span.Split("\r\n"u8))
        {
            if (TrySplit(headers.Span[line], out var key, out var text))
                all.Add(new HttpHeader(Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(text)));
        }
        return all;
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        var colon = line.IndexOf((byte)':');
        key = colon < 0 ? default : line[..colon];
        value = colon < 0 ? default : line[(colon + 1)..].Trim((byte)' ');
        return colon > 0;
    }
}
