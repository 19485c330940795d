using Microsoft.AspNetCore.Http;
using ProspectOps.Inbound;

namespace ProspectOps.Functions.Platform;

/// <summary>The headers by which somebody else's system says who it is.</summary>
internal static class InboundHeaders
{
    public const string ClayToken = "x-clay-webhook-auth";

    public static InboundCredentials Credentials(this HttpRequest request)
    {
        var webhookSignature = Header(request, "webhook-signature");
        return new InboundCredentials(
            Header(request, ClayToken),
            Header(request, "X-Key-Id"),
            webhookSignature is null ? Header(request, "X-Timestamp") : Header(request, "webhook-timestamp"),
            Header(request, "X-Signature"),
            Header(request, "webhook-id"),
            webhookSignature);
    }

    /// <summary>Whether a request carries a signature and no key.</summary>
    public static bool IsSigned(HttpRequest request) =>
        (request.Headers.ContainsKey("X-Signature") || request.Headers.ContainsKey("webhook-signature"))
        && !request.Headers.ContainsKey("X-API-Key") && !request.Headers.ContainsKey("Authorization");

    private static string? Header(HttpRequest request, string name) => request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
