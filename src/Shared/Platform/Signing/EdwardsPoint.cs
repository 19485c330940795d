namespace ProspectOps.Platform.Signing;

/// <summary>A point of edwards25519 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
/// <remarks>Source: RFC 8032, section 5.1.4: these formulas hold for every pair of points, so nothing depends on which they are.</remarks>
internal readonly struct EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
{
    private const string BaseX = "1ad5258f602d56c9b2a7259560c72c695cdcd6fd31e2a4c0fe536ecdd3366921";
    private const string BaseY = "5866666666666666666666666666666666666666666666666666666666666666";

    private readonly FieldElement _x = x;
    private readonly FieldElement _y = y;
    private readonly FieldElement _z = z;
    private readonly FieldElement _t = t;

    private static readonly EdwardsPoint Identity = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    private static readonly EdwardsPoint Base = FromAffine(FieldElement.Parse(Convert.FromHexString(BaseX)), FieldElement.Parse(Convert.FromHexString(BaseY)));

    // 2d = -2 · 121665 / 121666
    private static readonly FieldElement TwiceD = FieldElement.Small(2) * (FieldElement.Zero - FieldElement.Small(121665)) * FieldElement.Small(121666).Invert();

    /// <param name="scalar">32 bytes, little-endian.</param>
    public static EdwardsPoint MultiplyBase(ReadOnlySpan<byte> scalar)
    {
        var product = Identity;
        for (var bit = 255; bit >= 0; bit--)
        {
            product = product.Double();
            var sum = product.Add(Base);
            product = Select(product, sum, (ulong)(scalar[bit / 8] >> (bit % 8)) & 1);
        }
        return product;
    }

    /// <summary>y, with the lowest bit of x in its highest.</summary>
    public byte[] Encode()
    {
        var inverse = _z.Invert();
        var bytes = (_y * inverse).ToBytes();
        bytes[31] |= (byte)((_x * inverse).ToBytes()[0] << 7);
        return bytes;
    }

    private static EdwardsPoint FromAffine(FieldElement x, FieldElement y) => new(x, y, FieldElement.One, x * y);

    private EdwardsPoint Add(in EdwardsPoint other)
    {
        var a = (_y - _x) * (other._y - other._x);
        var b = (_y + _x) * (other._y + other._x);
        var c = _t * TwiceD * other._t;
        var d = FieldElement.Small(2) * _z * other._z;
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new EdwardsPoint(e * f, g * h, f * g, e * h);
    }

    private EdwardsPoint Double()
    {
        var a = _x * _x;
        var b = _y * _y;
        var c = FieldElement.Small(2) * (_z * _z);
        var h = a + b;
        var sum = _x + _y;
        var e = h - sum * sum;
        var g = a - b;
        var f = c + g;
        return new EdwardsPoint(e * f, g * h, f * g, e * h);
    }

    private static EdwardsPoint Select(in EdwardsPoint zero, in EdwardsPoint one, ulong bit) => new(
        FieldElement.Select(zero._x, one._x, bit), FieldElement.Select(zero._y, one._y, bit),
        FieldElement.Select(zero._z, one._z, bit), FieldElement.Select(zero._t, one._t, bit));
}
