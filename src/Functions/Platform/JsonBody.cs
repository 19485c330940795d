using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>A request's body, read once and known to be of its type.</summary>
/// <param name="Fields">Top-level fields and a hash of each, to compare two requests by.</param>
internal sealed record JsonBody<T>(T Value, IReadOnlyDictionary<string, string> Fields);

internal static class JsonBody
{
    public const long UsualLimit = 1024 * 1024;
    public const long LargeLimit = 8 * UsualLimit;

    /// <exception cref="DomainException"><c>unsupported_media_type</c>, <c>body_too_large</c>, <c>json_invalid</c>, <c>validation_failed</c>.</exception>
    public static async Task<JsonBody<T>> ReadAsync<T>(HttpRequest request, long mostBytes, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new DomainException(ApiErrors.UnsupportedType("application/json"));
        using var document = Parse(await ReadBytesAsync(request, mostBytes, cancellationToken));
        return Of<T>(document.RootElement);
    }

    /// <summary>What was parsed before as an object of its type.</summary>
    public static JsonBody<T> Of<T>(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new DomainException(ApiErrors.JsonInvalid("The body is JSON, but not an object."));
        var errors = new FieldErrors();
        JsonShape.Check(root, typeof(T), errors);
        errors.ThrowIfAny();
        return new JsonBody<T>(Become<T>(root), Hashes(root));
    }

    /// <summary>As <see cref="ReadAsync"/>; null where there is no body.</summary>
    public static async Task<T?> ReadOptionalAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class =>
        request.ContentLength is 0 || (request.ContentLength is null && request.ContentType is null) ? null : (await ReadAsync<T>(request, UsualLimit, cancellationToken)).Value;

    /// <summary>For a body all of whose fields may be left out, and the body too.</summary>
    public static Task<JsonBody<T>> ReadOrEmptyAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : notnull =>
        request.ContentLength is null or 0 && string.IsNullOrEmpty(request.ContentType)
            ? Task.FromResult(new JsonBody<T>(JsonSerializer.Deserialize<T>("{}", JsonDefaults.Options)!, new Dictionary<string, string>()))
            : ReadAsync<T>(request, UsualLimit, cancellationToken);

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
        if (request.ContentLength > mostBytes)
            throw new DomainException(ApiErrors.BodyTooLarge(mostBytes));
        var bytes = new MemoryStream((int)(request.ContentLength ?? 1024));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > mostBytes)
                throw new DomainException(ApiErrors.BodyTooLarge(mostBytes));
            bytes.Write(buffer, 0, read);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
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
