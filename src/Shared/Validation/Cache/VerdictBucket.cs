using System.Buffers.Binary;
using System.IO.Compression;

namespace ProspectOps.Validation.Cache;

/// <summary>The verdicts of one bucket as its row holds them, deflated together: what they have in common is nearly all of them.</summary>
/// <remarks>For each: 16 bytes of hash, 8 of expiry in Unix milliseconds, 4 of length, and that many of JSON; numbers little-endian.</remarks>
internal static class VerdictBucket
{
    /// <summary>What a row may hold: 50 of the largest, in base64, fit into one transaction of 4 MiB. About 1,000 verdicts.</summary>
    public const int MostBytes = 56 * 1024;

    private const int HeadBytes = MailboxHash.Bytes + sizeof(long) + sizeof(int);

    public static byte[] Pack(IEnumerable<BucketEntry> entries)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            foreach (var entry in entries)
            {
                BinaryPrimitives.WriteUInt128LittleEndian(head, entry.Mailbox.Value);
                BinaryPrimitives.WriteInt64LittleEndian(head[MailboxHash.Bytes..], entry.ExpiresAt.ToUnixTimeMilliseconds());
                BinaryPrimitives.WriteInt32LittleEndian(head[(MailboxHash.Bytes + sizeof(long))..], entry.Json.Length);
                deflate.Write(head);
                deflate.Write(entry.Json.Span);
            }
        }
        return packed.ToArray();
    }

    public static List<BucketEntry> Unpack(byte[] packed)
    {
        using var whole = new MemoryStream(packed.Length * 8);
        using (var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress))
            deflate.CopyTo(whole);
        var rest = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        var entries = new List<BucketEntry>();
        while (!rest.IsEmpty)
        {
            var head = rest.Span;
            var length = BinaryPrimitives.ReadInt32LittleEndian(head[(MailboxHash.Bytes + sizeof(long))..]);
            entries.Add(new BucketEntry(
                new MailboxHash(BinaryPrimitives.ReadUInt128LittleEndian(head)),
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(head[MailboxHash.Bytes..])),
                rest.Slice(HeadBytes, length)));
            rest = rest[(HeadBytes + length)..];
        }
        return entries;
    }

    /// <summary>A bucket with newer verdicts put in and lapsed ones left out. Where it would be too large, those go that lapse first.</summary>
    public static byte[] Merge(byte[]? packed, IReadOnlyCollection<BucketEntry> newer, DateTimeOffset now)
    {
        var replaced = newer.Select(entry => entry.Mailbox).ToHashSet();
        List<BucketEntry> all = packed is null ? [] : Unpack(packed);
        all.RemoveAll(entry => entry.ExpiresAt <= now || replaced.Contains(entry.Mailbox));
        all.AddRange(newer);
        var merged = Pack(all);
        while (merged.Length > MostBytes)
        {
            all = [.. all.OrderByDescending(entry => entry.ExpiresAt).Take(all.Count * 7 / 8)];
            merged = Pack(all);
        }
        return merged;
    }
}
