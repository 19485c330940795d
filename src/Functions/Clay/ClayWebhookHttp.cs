using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Clay;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Clay;

/// <summary>Rows that a Clay table sends. Open, because Clay has no key of ours: the token or the signature says whose they are.</summary>
public sealed class ClayWebhookHttp(InboundAuthenticator authenticator, ClayInboundService inbound)
{
    private const string Example = """[{"po_row_id":"row_06gzwgayc84pr5krffe7mp9a10","email":"maria.borg@northernlights.example","title":"Head of CRM"}]""";

    [Function("ReceiveClayRows")]
    [Open]
    [Operation("Takes rows of a Clay table into the campaign of its token.", Description = "The token stands in `x-clay-webhook-auth`; or `X-Signature: sha256=<hex>` is the HMAC-SHA256 of `timestamp.body`, beside `X-Timestamp` and `X-Key-Id`. The same row and content twice counts once.")]
    [Takes(typeof(JsonElement), Example = Example)]
    [Answers(202, typeof(InboundReply))]
    [Refuses("signature_missing", "signature_invalid", "timestamp_stale", "tenant_suspended")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "clay/webhook")] HttpRequest request, CancellationToken cancellationToken)
    {
        var credentials = request.Credentials();
        if (credentials.IsEmpty)
            throw new DomainException(InboundErrors.Missing);
        var body = await JsonBody.ReadBytesAsync(request, JsonBody.UsualLimit, cancellationToken);
        var caller = await authenticator.AuthenticateAsync(InboundPurpose.Clay, credentials, body, cancellationToken);
        if (!request.HasJsonContentType())
            throw new DomainException(ApiErrors.UnsupportedType("application/json"));
        using var json = JsonBody.Parse(body);
        var reply = await inbound.AcceptAsync(caller, json.RootElement, cancellationToken);
        authenticator.Remember(caller);
        return Replies.Json(reply, 202);
    }
}
