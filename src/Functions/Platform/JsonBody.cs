using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>A request's body, read once and known to be of its type.</summary>
/// <param name="hashes">Asked once, and only where requests are compared: most are not.</param>
internal sealed class JsonBody<T>(T value, Func<IReadOnlyDictionary<string, string>> hashes)
{
    public JsonBody(T value, IReadOnlyDictionary<string, string> fields) : this(value, () => fields)
    {
    }

    public T Value { get; } = value;

    /// <summary>Top-level fields and a hash of each, to compare two requests by.</summary>
    public IReadOnlyDictionary<string, string> Fields => field ??= hashes();
}

internal static class JsonBody
{
    public const long UsualLimit = 1024 * 1024;
    public const long LargeLimit = 8 * UsualLimit;

    /// <exception cref="DomainException"><c>unsupported_media_type</c>, <c>body_too_large</c>, <c>json_invalid</c>, <c>validation_failed</c>.</exception>
    public static async Task<JsonBody<T>> ReadAsync<T>(HttpRequest request, long mostBytes, CancellationToken cancellationToken)
    {
        RequireJson(request);
        return Read<T>(await ReadBytesAsync(request, mostBytes, cancellationToken));
    }

    /// <summary>For a body all of whose fields may be left out, and the body too, whatever its type is then said to be.</summary>
    public static async Task<JsonBody<T>> ReadOrEmptyAsync<T>(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(request, UsualLimit, cancellationToken);
        if (bytes.IsEmpty)
            return Read<T>("{}"u8.ToArray());
        RequireJson(request);
        return Read<T>(bytes);
    }

    private static void RequireJson(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new DomainException(IsBare(request) ? ApiErrors.JsonInvalid("There is no body.") : ApiErrors.UnsupportedType("application/json"));
    }

    // Who sends neither body nor type forgot the one, and chose no wrong other.
    private static bool IsBare(HttpRequest request) =>
        request.ContentType is null && (request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false });

    private static JsonBody<T> Read<T>(ReadOnlyMemory<byte> bytes)
    {
        using var document = Parse(bytes);
        return new JsonBody<T>(Checked<T>(document.RootElement), () =>
        {
            using var again = Parse(bytes);
            return Hashes(again.RootElement);
        });
    }

    /// <summary>What was parsed before as an object of its type.</summary>
    public static JsonBody<T> Of<T>(JsonElement root) => new(Checked<T>(root), Hashes(root));

    private static T Checked<T>(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new DomainException(ApiErrors.JsonInvalid("The body is JSON, but not an object."));
        var errors = new FieldErrors();
        JsonShape.Check(root, typeof(T), errors);
        errors.ThrowIfAny();
        return Become<T>(root);
    }

    // What the shape lets pass and the type still refuses, such as a required field of an object within.
    private static T Become<T>(JsonElement root)
    {
        try
        {
            return root.Deserialize<T>(JsonDefaults.Options)!;
        }
        catch (JsonException e)
        {
            throw new DomainException(ApiErrors.JsonInvalid($"The body does not fit at {e.Path}."));
        }
    }

    /// <summary>The raw bytes, as a signature is over them.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, long mostBytes, CancellationToken cancellationToken)
    {
        PlainBody.Require(request);
        if (request.ContentLength > mostBytes)
            throw new DomainException(ApiErrors.BodyTooLarge(mostBytes));
        if (request.ContentLength is { } length)
            return await ReadKnownAsync(request.Body, new byte[length], cancellationToken);
        var bytes = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (bytes.Length + read > mostBytes)
                    throw new DomainException(ApiErrors.BodyTooLarge(mostBytes));
                bytes.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    // The server lets no more through than was announced.
    private static async Task<ReadOnlyMemory<byte>> ReadKnownAsync(Stream body, byte[] bytes, CancellationToken cancellationToken)
    {
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes.AsMemory(0, read);
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        // A mark that some tools put before UTF-8; RFC 8259 §8.1 lets it pass.
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (!Utf8.IsValid(bytes.Span))
            throw new DomainException(ApiErrors.JsonInvalid("The body is not UTF-8."));
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException e)
        {
            throw new DomainException(ApiErrors.JsonInvalid($"The body is not JSON: it breaks in line {e.LineNumber + 1}, at byte {e.BytePositionInLine + 1}."));
        }
    }

    private static Dictionary<string, string> Hashes(JsonElement root) => root.EnumerateObject().ToDictionary(
        field => field.Name,
        field => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(field.Value.GetRawText()))[..16]),
        StringComparer.OrdinalIgnoreCase);
}
