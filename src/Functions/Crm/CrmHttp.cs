using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Crm;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Functions.Crm;

/// <summary>Addresses that a CRM hands over, and how it wants them back.</summary>
public sealed class CrmHttp(CrmConfigs configs, CrmUploads uploads, InboundAuthenticator authenticator, Creations creations)
{
    private const int SeedCharacters = 26;
    private const string ConfigExample = """{"fieldMapping":{"email":"Email","verdict":"Validation_Status__c"},"sendBack":["email","verdict","score","reasons"],"verdicts":["undeliverable","risky"]}""";
    private const string UploadExample = """{"emails":["maria.borg@northernlights.example"],"callbackUrl":"https://crm.example/hooks/prospectops"}""";

    [Function("GetCrmConfig")]
    [Requires("webhooks:read")]
    [Operation("Shows how results are sent back to the CRM.")]
    [Answers(200, typeof(CrmConfigView))]
    public async Task<IResult> ConfigAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "crm/config")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(await configs.GetAsync(request.Tenant(), cancellationToken));

    [Function("PutCrmConfig")]
    [Requires("webhooks:write")]
    [Operation("Sets which fields of a result are sent back to the CRM, under which names, and for which verdicts.", Description = "The first time it makes the key that both sides sign with, and shows its secret once; `rotateSecret` makes another.")]
    [Takes(typeof(CrmConfigRequest), Example = ConfigExample)]
    [Answers(200, typeof(CrmConfigView))]
    public async Task<IResult> ConfigureAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "crm/config")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<CrmConfigRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        return Replies.Ok(await configs.PutAsync(request.Tenant(), body.FieldMapping, body.SendBack, body.Verdicts, body.RotateSecret ?? false, cancellationToken));
    }

    [Function("CreateCrmUpload")]
    [Requires("webhooks:write", OrSigned = true)]
    [Operation("Takes addresses of a CRM, checks them, and posts the result to the callback.", Description = "With a key; or signed with the CRM's own, as rows of Clay are: `X-Key-Id`, `X-Timestamp`, and `X-Signature: sha256=<hex>` over `timestamp.body`. The same signed request twice is one upload.")]
    [Takes(typeof(CrmUploadRequest), Example = UploadExample)]
    [Idempotent]
    [Answers(202, typeof(StartedCrmUpload))]
    [Refuses(
        "upload_not_found", "csv_binary", "csv_empty", "csv_no_email_column", "csv_no_rows", "csv_quote_open", "csv_row_too_long", "csv_several_email_columns", "csv_too_many_columns",
        "url_invalid", "url_not_allowed", "signature_missing", "signature_invalid", "timestamp_stale")]
    public async Task<IResult> UploadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "crm/uploads")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.KeyCaller() is null)
            return await SignedUploadAsync(request, cancellationToken);
        var body = await JsonBody.ReadAsync<CrmUploadRequest>(request, JsonBody.UsualLimit, cancellationToken);
        return await creations.OnceAsync(request, "crm/uploads", body, async seed =>
        {
            var started = await uploads.StartAsync(request.Tenant(), body.Value.Emails, body.Value.UploadId, body.Value.CallbackUrl, null, seed, cancellationToken);
            return new IdempotentReply(202, started.StatusUrl, Replies.Text(started));
        }, cancellationToken);
    }

    [Function("GetCrmUpload")]
    [Requires("webhooks:read")]
    [Operation("Shows how far an upload of the CRM is.")]
    [Answers(200, typeof(CrmUploadView))]
    [Refuses("crm_upload_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "crm/uploads/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await uploads.GetAsync(request.Tenant(), id, cancellationToken));

    private async Task<IResult> SignedUploadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await JsonBody.ReadBytesAsync(request, JsonBody.UsualLimit, cancellationToken);
        var caller = await authenticator.AuthenticateAsync(InboundPurpose.Crm, request.Credentials(), bytes, cancellationToken);
        if (!request.HasJsonContentType())
            throw new DomainException(ApiErrors.UnsupportedType("application/json"));
        using var json = JsonBody.Parse(bytes);
        var body = JsonBody.Of<CrmUploadRequest>(json.RootElement).Value;
        var started = await uploads.StartAsync(caller.Key.Tenant, body.Emails, body.UploadId, body.CallbackUrl, caller.Key.KeyId, SeedOf(caller), cancellationToken);
        authenticator.Remember(caller);
        return Replies.Accepted(started.StatusUrl, started);
    }

    /// <summary>The same for the same request, so that one that comes twice, in whichever process, is one upload. A webhook that is sent again has a new timestamp, and its old id.</summary>
    private static string SeedOf(InboundCaller caller)
    {
        var signed = caller.Request!;
        var name = signed.Id is { } id ? $"{caller.Key.KeyId}|{id}" : $"{caller.Key.KeyId}|{signed.Timestamp}|{signed.Signature!.ToLowerInvariant()}";
        return Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(name)), SeedCharacters);
    }
}
