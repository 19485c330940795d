using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ProspectOps.Tests.Validation.Dns;

/// <summary>A record in a scripted reply; its owner is a pointer to the question, or a name of its own.</summary>
internal sealed record DnsAnswer(int Type, byte[] Data, string? Owner = null, uint TimeToLive = 600)
{
    public const int A = 1;
    public const int Mx = 15;
    public const int Aaaa = 28;

    public static DnsAnswer MailServer(int preference, string host) => new(Mx, [(byte)(preference >> 8), (byte)preference, .. Name(host)]);

    public static DnsAnswer Address() => new(A, [192, 0, 2, 1]);

    public static DnsAnswer Address(IPAddress address) => new(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? A : Aaaa, address.GetAddressBytes());

    public static DnsAnswer Alias(string target) => new(5, Name(target));

    public static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];

    public byte[] ToBytes()
    {
        var fixedPart = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart, (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart.AsSpan(4), TimeToLive);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(8), (ushort)Data.Length);
        return [.. Owner is null ? [0xC0, 12] : Name(Owner), .. fixedPart, .. Data];
    }
}
