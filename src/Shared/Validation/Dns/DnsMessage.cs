using System.Buffers.Binary;
using System.Text;

namespace ProspectOps.Validation.Dns;

/// <summary>Writes questions and reads replies (RFC 1035 §4).</summary>
internal static class DnsMessage
{
    public const int HeaderLength = 12;

    private const ushort Internet = 1;
    private const int ReplyFlag = 0x8000;
    private const int TruncatedFlag = 0x0200;
    private const ushort RecursionDesired = 0x0100;

    /// <summary>A recursive question for one name.</summary>
    /// <param name="name">A domain name in A-labels, without a final dot.</param>
    public static byte[] Question(ushort id, string name, DnsRecordType type)
    {
        var message = new byte[HeaderLength + name.Length + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), 1);
        var at = HeaderLength;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan()[range];
            message[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, message.AsSpan(at));
        }
        at++;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 2), Internet);
        return message;
    }

    /// <summary>Reads what answers <paramref name="question"/>; null where the message is broken or answers something else,
    /// as a forged one would.</summary>
    public static DnsReply? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, string name, DnsRecordType type)
    {
        if (message.Length < HeaderLength || !message[..2].SequenceEqual(question[..2]))
            return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & ReplyFlag) == 0 || (flags >> 11 & 0xF) != 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return null;
        var reader = new DnsMessageReader(message) { Position = HeaderLength };
        if (!reader.TryReadName(out var asked) || !string.Equals(asked, name, StringComparison.OrdinalIgnoreCase)
            || !reader.TryReadUInt16(out var askedType) || askedType != (ushort)type || !reader.TryReadUInt16(out var askedClass) || askedClass != Internet)
            return null;

        var isTruncated = (flags & TruncatedFlag) != 0;
        switch (flags & 0xF)
        {
            case 0:
                break;
            case 3:
                return new(DnsStatus.NoSuchName, [], 0, TimeSpan.Zero, false);
            default:
                return new(DnsStatus.Failed, [], 0, TimeSpan.Zero, false);
        }
        // A datagram that was cut is read again over TCP, whatever it still holds.
        return isTruncated
            ? new(DnsStatus.Answered, [], 0, TimeSpan.Zero, true)
            : ReadAnswers(ref reader, BinaryPrimitives.ReadUInt16BigEndian(message[6..]), name, type);
    }

    private static DnsReply? ReadAnswers(ref DnsMessageReader reader, int count, string name, DnsRecordType type)
    {
        var mx = new List<DnsMx>();
        var addresses = 0;
        var timeToLive = uint.MaxValue;
        var owner = name;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadRecord(out var record))
                return null;
            if (record.Class != Internet || !string.Equals(record.Owner, owner, StringComparison.OrdinalIgnoreCase))
                continue;
            var data = reader with { Position = record.DataStart };
            if (record.Type == (ushort)DnsRecordType.Cname)
            {
                if (!data.TryReadName(out var alias))
                    return null;
                owner = alias;
            }
            else if (record.Type != (ushort)type)
            {
                continue;
            }
            else if (type == DnsRecordType.Mx)
            {
                if (!data.TryReadUInt16(out var preference) || !data.TryReadName(out var host))
                    return null;
                mx.Add(new(preference, host));
            }
            else
            {
                addresses++;
            }
            timeToLive = Math.Min(timeToLive, record.TimeToLive);
        }
        return new(DnsStatus.Answered, mx, addresses, timeToLive == uint.MaxValue ? TimeSpan.Zero : TimeSpan.FromSeconds(timeToLive), false);
    }
}
