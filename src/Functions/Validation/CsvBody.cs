using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Validation;

/// <summary>A request whose body is a CSV file.</summary>
internal static class CsvBody
{
    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file, to be read once, to its end or to the first byte too many.</summary>
    /// <exception cref="DomainException"><c>unsupported_media_type</c>; <paramref name="tooLarge"/>.</exception>
    public static Stream Of(HttpRequest request, long mostBytes, DomainError tooLarge)
    {
        if (!Is(request))
            throw new DomainException(ApiErrors.UnsupportedType("text/csv"));
        // A few packed kilobytes may stand for gigabytes: nothing is unpacked here.
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new DomainException(new DomainError(ErrorKind.UnsupportedType, "unsupported_media_type", "The body is packed, and packed bodies are not taken.") { Fix = "Send the file as it is, without Content-Encoding." });
        return request.ContentLength > mostBytes ? throw new DomainException(tooLarge) : request.Body;
    }
}
