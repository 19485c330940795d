using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace ProspectOps.Validation.Dns;

/// <summary>Walks through a message that may be broken on purpose: every step says whether it stayed inside.</summary>
internal ref struct DnsMessageReader(ReadOnlySpan<byte> message)
{
    private const int MaxNameLength = 255;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; set; }

    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (Position + 2 > _message.Length)
            return false;
        value = BinaryPrimitives.ReadUInt16BigEndian(_message[Position..]);
        Position += 2;
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (Position + 4 > _message.Length)
            return false;
        value = BinaryPrimitives.ReadUInt32BigEndian(_message[Position..]);
        Position += 4;
        return true;
    }

    /// <summary>An address of 4 or 16 octets.</summary>
    public bool TryReadAddress(int length, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (length is not (4 or 16) || Position + length > _message.Length)
            return false;
        address = new IPAddress(_message.Slice(Position, length));
        Position += length;
        return true;
    }

    /// <summary>A name, with its compression undone (RFC 1035 §4.1.4); empty for the root.</summary>
    public bool TryReadName([NotNullWhen(true)] out string? name)
    {
        name = null;
        var text = new StringBuilder();
        var at = Position;
        var hasJumped = false;
        while (at < _message.Length)
        {
            int length = _message[at];
            if (length == 0)
            {
                Position = hasJumped ? Position : at + 1;
                name = text.ToString();
                return true;
            }
            if ((length & 0xC0) == 0xC0)
            {
                if (at + 1 >= _message.Length)
                    return false;
                var target = (length & 0x3F) << 8 | _message[at + 1];
                // Only backwards, so that no message can send us round in circles.
                if (target >= at)
                    return false;
                Position = hasJumped ? Position : at + 2;
                hasJumped = true;
                at = target;
                continue;
            }
            if (length > 63 || at + 1 + length > _message.Length || text.Length + length + 1 > MaxNameLength)
                return false;
            if (text.Length > 0)
                text.Append('.');
            text.Append(Encoding.Latin1.GetString(_message.Slice(at + 1, length)));
            at += 1 + length;
        }
        return false;
    }

    public bool TryReadRecord([NotNullWhen(true)] out DnsRecord? record)
    {
        record = null;
        if (!TryReadName(out var owner) || Position + 10 > _message.Length)
            return false;
        var type = BinaryPrimitives.ReadUInt16BigEndian(_message[Position..]);
        var @class = BinaryPrimitives.ReadUInt16BigEndian(_message[(Position + 2)..]);
        var timeToLive = BinaryPrimitives.ReadUInt32BigEndian(_message[(Position + 4)..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(_message[(Position + 8)..]);
        var start = Position + 10;
        if (start + length > _message.Length)
            return false;
        Position = start + length;
        record = new(owner, type, @class, timeToLive, start);
        return true;
    }
}
