using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ProspectOps.Validation.Dns;

/// <summary>Writes questions and reads replies (RFC 1035 §4, RFC 6891 for EDNS0).</summary>
internal static class DnsMessage
{
    public const int HeaderLength = 12;

    /// <summary>The largest datagram that we say we take: what passes every network unfragmented (DNS flag day 2020).</summary>
    public const int DatagramLength = 1_232;

    private const ushort Internet = 1;
    private const ushort Opt = 41;
    private const ushort Soa = 6;
    private const int OptLength = 11;
    private const int ReplyFlag = 0x8000;
    private const int TruncatedFlag = 0x0200;
    private const ushort RecursionDesired = 0x0100;

    /// <summary>A recursive question for one name.</summary>
    /// <param name="name">A domain name in A-labels, without a final dot.</param>
    /// <param name="withEdns">Whether to say how large a datagram may be; some old servers take such a question for broken.</param>
    public static byte[] Question(ushort id, string name, DnsRecordType type, bool withEdns)
    {
        var message = new byte[HeaderLength + name.Length + 2 + 4 + (withEdns ? OptLength : 0)];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), (ushort)(withEdns ? 1 : 0));
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
        if (withEdns)
        {
            // The root's name, the type, and in the place of the class the length of a datagram.
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 5), Opt);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 7), DatagramLength);
        }
        return message;
    }

    /// <summary>Reads what answers <paramref name="question"/>; null where the message is broken or answers something else,
    /// as a forged one would.</summary>
    public static DnsReply? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, string name, DnsRecordType type)
    {
        if (message.Length < HeaderLength || !message[..2].SequenceEqual(question[..2]))
            return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & ReplyFlag) == 0 || (flags >> 11 & 0xF) != 0)
            return null;
        var code = flags & 0xF;
        // Servers from before EDNS may leave out the question when they refuse the format.
        if (code == 1)
            return DnsReply.Empty(DnsStatus.Failed) with { RefusesEdns = true };
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return null;
        var reader = new DnsMessageReader(message) { Position = HeaderLength };
        if (!reader.TryReadName(out var asked) || !string.Equals(asked, name, StringComparison.OrdinalIgnoreCase)
            || !reader.TryReadUInt16(out var askedType) || askedType != (ushort)type || !reader.TryReadUInt16(out var askedClass) || askedClass != Internet)
            return null;

        // A datagram that was cut is read again over TCP, whatever it still holds.
        if ((flags & TruncatedFlag) != 0 && code is 0 or 3)
            return DnsReply.Empty(DnsStatus.Answered) with { IsTruncated = true };
        var answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var authorities = BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        return code switch
        {
            0 => ReadAnswers(ref reader, answers, authorities, name, type),
            3 => DnsReply.Empty(DnsStatus.NoSuchName) with { TimeToLive = DenialTimeToLive(ref reader, answers, authorities) },
            _ => DnsReply.Empty(DnsStatus.Failed),
        };
    }

    private static DnsReply? ReadAnswers(ref DnsMessageReader reader, int count, int authorities, string name, DnsRecordType type)
    {
        var mx = new List<DnsMx>();
        var addresses = new List<IPAddress>();
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
            else if (!data.TryReadAddress(reader.Position - record.DataStart, out var address))
            {
                return null;
            }
            else
            {
                addresses.Add(address);
            }
            timeToLive = Math.Min(timeToLive, record.TimeToLive);
        }
        var isEmpty = mx.Count + addresses.Count == 0;
        var lasts = timeToLive != uint.MaxValue ? TimeSpan.FromSeconds(timeToLive) : isEmpty ? DenialTimeToLive(ref reader, 0, authorities) : TimeSpan.Zero;
        return new(DnsStatus.Answered, mx, addresses, lasts, false, isEmpty && owner != name ? owner : null);
    }

    /// <summary>How long a "no" may be remembered: the lesser of the SOA's own time and its last field (RFC 2308 §5).</summary>
    private static TimeSpan DenialTimeToLive(ref DnsMessageReader reader, int skip, int count)
    {
        for (var i = 0; i < skip + count; i++)
        {
            if (!reader.TryReadRecord(out var record))
                break;
            if (i >= skip && record.Type == Soa && (reader with { Position = reader.Position - 4 }).TryReadUInt32(out var minimum))
                return TimeSpan.FromSeconds(Math.Min(record.TimeToLive, minimum));
        }
        return TimeSpan.Zero;
    }
}
