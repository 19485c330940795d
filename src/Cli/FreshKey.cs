using System.Security.Cryptography;
using System.Text;

namespace ProspectOps.Cli;

/// <summary>Makes an API key as the app does: the two share no assembly, and a test holds one against the other.</summary>
public static class FreshKey
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary><c>po_</c>, 80 bits that name it, 260 that are its secret, and 30 bits of checksum, in base 32.</summary>
    public static string Make()
    {
        var id = Random(16);
        var secret = Random(52);
        return $"po_{id}_{secret}{Checksum($"{id}_{secret}")}";
    }

    private static string Random(int characters) => RandomNumberGenerator.GetString(Alphabet, characters);

    private static string Checksum(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var bits = (uint)(hash[0] << 24 | hash[1] << 16 | hash[2] << 8 | hash[3]);
        return string.Concat(Enumerable.Range(0, 6).Select(place => Alphabet[(int)(bits >> (27 - (place * 5)) & 31)]));
    }
}
