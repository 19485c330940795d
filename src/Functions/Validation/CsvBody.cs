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
        PlainBody.Require(request);
        return request.ContentLength > mostBytes ? throw new DomainException(tooLarge) : request.Body;
    }
}
