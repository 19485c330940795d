using System.Buffers.Binary;

namespace ProspectOps.Platform.Signing;

/// <summary>A number modulo 2^255 − 19, in five limbs of 51 bits. No branch and no index depends on its value.</summary>
internal readonly struct FieldElement(ulong a, ulong b, ulong c, ulong d, ulong e)
{
    private const ulong Mask = (1UL << 51) - 1;

    // Limbs after each operation stay under 2^52.
    private readonly ulong _0 = a;
    private readonly ulong _1 = b;
    private readonly ulong _2 = c;
    private readonly ulong _3 = d;
    private readonly ulong _4 = e;

    public static FieldElement Zero { get; } = Small(0);
    public static FieldElement One { get; } = Small(1);

    public static FieldElement Small(ulong value) => new(value, 0, 0, 0, 0);

    /// <param name="bytes">32, little-endian; the highest bit is left out.</param>
    public static FieldElement Parse(ReadOnlySpan<byte> bytes)
    {
        var (w0, w1) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        var (w2, w3) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return new FieldElement(w0 & Mask, (w0 >> 51 | w1 << 13) & Mask, (w1 >> 38 | w2 << 26) & Mask, (w2 >> 25 | w3 << 39) & Mask, w3 >> 12 & Mask);
    }

    public static FieldElement operator +(in FieldElement x, in FieldElement y) => Carry(x._0 + y._0, x._1 + y._1, x._2 + y._2, x._3 + y._3, x._4 + y._4);

    // Four times the prime is added first, so that no limb falls below 0.
    public static FieldElement operator -(in FieldElement x, in FieldElement y) => Carry(
        x._0 + 0x1FFFFFFFFFFFB4 - y._0, x._1 + 0x1FFFFFFFFFFFFC - y._1, x._2 + 0x1FFFFFFFFFFFFC - y._2, x._3 + 0x1FFFFFFFFFFFFC - y._3, x._4 + 0x1FFFFFFFFFFFFC - y._4);

    public static FieldElement operator *(in FieldElement x, in FieldElement y)
    {
        // What runs over 2^255 comes back times 19.
        var (y1, y2, y3, y4) = (19 * y._1, 19 * y._2, 19 * y._3, 19 * y._4);
        var r0 = Wide(x._0, y._0) + Wide(x._1, y4) + Wide(x._2, y3) + Wide(x._3, y2) + Wide(x._4, y1);
        var r1 = Wide(x._0, y._1) + Wide(x._1, y._0) + Wide(x._2, y4) + Wide(x._3, y3) + Wide(x._4, y2);
        var r2 = Wide(x._0, y._2) + Wide(x._1, y._1) + Wide(x._2, y._0) + Wide(x._3, y4) + Wide(x._4, y3);
        var r3 = Wide(x._0, y._3) + Wide(x._1, y._2) + Wide(x._2, y._1) + Wide(x._3, y._0) + Wide(x._4, y4);
        var r4 = Wide(x._0, y._4) + Wide(x._1, y._3) + Wide(x._2, y._2) + Wide(x._3, y._1) + Wide(x._4, y._0);
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        return Carry(((ulong)r0 & Mask) + 19 * (ulong)(r4 >> 51), (ulong)r1 & Mask, (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    public static FieldElement Select(in FieldElement zero, in FieldElement one, ulong bit)
    {
        var mask = 0 - bit;
        return new FieldElement(
            zero._0 ^ (mask & (zero._0 ^ one._0)), zero._1 ^ (mask & (zero._1 ^ one._1)), zero._2 ^ (mask & (zero._2 ^ one._2)),
            zero._3 ^ (mask & (zero._3 ^ one._3)), zero._4 ^ (mask & (zero._4 ^ one._4)));
    }

    /// <summary>To the power of 2^255 − 21: what multiplies with it to 1.</summary>
    public FieldElement Invert()
    {
        var power = One;
        // The exponent's bits are all 1 but for those of 2 and 4; it is the same for every number.
        for (var bit = 254; bit >= 0; bit--)
        {
            power *= power;
            if (bit is not (2 or 4))
                power *= this;
        }
        return power;
    }

    /// <summary>32 bytes, little-endian, of the number itself and not one prime more.</summary>
    public byte[] ToBytes()
    {
        var x = Carry(_0, _1, _2, _3, _4);
        // 1 where it is the prime or more: then adding 19 runs over.
        var over = (x._0 + 19) >> 51;
        over = (x._1 + over) >> 51;
        over = (x._2 + over) >> 51;
        over = (x._3 + over) >> 51;
        over = (x._4 + over) >> 51;
        var l0 = x._0 + 19 * over;
        var l1 = x._1 + (l0 >> 51);
        var l2 = x._2 + (l1 >> 51);
        var l3 = x._3 + (l2 >> 51);
        var l4 = x._4 + (l3 >> 51);
        (l0, l1, l2, l3, l4) = (l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | l1 << 51);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), l1 >> 13 | l2 << 38);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), l2 >> 26 | l3 << 25);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), l3 >> 39 | l4 << 12);
        return bytes;
    }

    private static UInt128 Wide(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        return new UInt128(high, low);
    }

    private static FieldElement Carry(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        l1 += l0 >> 51;
        l2 += l1 >> 51;
        l3 += l2 >> 51;
        l4 += l3 >> 51;
        return new FieldElement((l0 & Mask) + 19 * (l4 >> 51), l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
    }
}
