using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Platform;

internal static class PlainBody
{
    /// <summary>Refuses a packed body: a few kilobytes of it may stand for gigabytes, so nothing is unpacked here.</summary>
    /// <exception cref="DomainException"><c>unsupported_media_type</c>.</exception>
    public static void Require(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new DomainException(ApiErrors.BodyPacked);
    }
}
