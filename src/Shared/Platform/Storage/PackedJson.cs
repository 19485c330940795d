using System.IO.Compression;
using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Platform.Storage;

/// <summary>JSON, deflated: a fifth of the bytes, which the store has to take, keep and give back.</summary>
public static class PackedJson
{
    public static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(deflate, value, JsonDefaults.Options);
        return packed.ToArray();
    }

    public static T Unpack<T>(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(deflate, JsonDefaults.Options) ?? throw new JsonException("Packed JSON holds null.");
    }
}
