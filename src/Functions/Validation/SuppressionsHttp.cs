using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Functions.Validation;

/// <summary>Who must never be written to.</summary>
public sealed class SuppressionsHttp(SuppressionService suppressions, SuppressionFile file, Creations creations, Paging paging)
{
    private const int MostEmails = 10_000;
    private const int MostReasonCharacters = 500;

    [Function("ListSuppressions")]
    [Requires("validation:read")]
    [Operation("Lists who must never be written to, in no order that means anything.")]
    [Parameter("email", "This address alone, in any spelling of its mailbox.")]
    [Parameter("format", "All of them as a file; without it a page is answered.", OneOf = ["csv", "jsonl"])]
    [Answers(200, typeof(PageView<Suppression>))]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Paged]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "suppressions")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.TextOf("format") is not null)
        {
            return RowFile.Of(
                request, "suppressions", suppressions.AllAsync(request.Tenant(), request.HttpContext.RequestAborted), ["email", "canonical", "reason", "source", "added_at"],
                one => [one.Email, one.Canonical, one.Reason, one.Source, one.AddedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)]);
        }
        var (limit, after) = paging.Read(request, "suppressions");
        if (request.TextOf("email") is { } email)
            return paging.Reply(request, "suppressions", await suppressions.GetAsync(request.Tenant(), email, cancellationToken) is { } one ? [one] : Array.Empty<Suppression>(), null);
        var (items, next) = await suppressions.ListAsync(request.Tenant(), after, limit, cancellationToken);
        return paging.Reply(request, "suppressions", items, next);
    }

    [Function("AddSuppressions")]
    [Requires("validation:write")]
    [Operation("Adds addresses that must never be written to; checks, jobs and pipelines stop there.")]
    [Takes(typeof(SuppressionsBody), Example = """{"emails":["maria.borg@northernlights.example"],"reason":"asked to"}""")]
    [TakesFile("text/csv")]
    [Answers(201, typeof(AddedSuppressions))]
    [Idempotent]
    [Refuses("csv_binary", "csv_empty", "csv_no_email_column", "csv_no_rows", "csv_quote_open", "csv_row_too_long", "csv_several_email_columns", "csv_too_many_columns", "upload_too_large", "body_too_large", "request_malformed")]
    public async Task<IResult> AddAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "suppressions")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (CsvBody.Is(request))
            return await AddFileAsync(request, cancellationToken);
        var body = await JsonBody.ReadAsync<SuppressionsBody>(request, JsonBody.UsualLimit, cancellationToken);
        var (email, emails, reason) = body.Value;
        var errors = new FieldErrors();
        errors.Require(email is null != emails is null, "emails", "either email or emails must be given, and not both");
        errors.Require(emails is null or { Count: >= 1 and <= MostEmails }, "emails", $"must be 1 to {MostEmails}; there were {emails?.Count}");
        errors.Require(reason is not { Length: > MostReasonCharacters }, "reason", $"must be at most {MostReasonCharacters} characters");
        errors.Require(email is null || ProspectOps.Validation.EmailAddress.CanonicalOf(email) is not null, "email", "must be an e-mail address");
        errors.ThrowIfAny();
        return await creations.OnceAsync(request, "suppressions", body, async _ =>
        {
            var (added, rejected) = await suppressions.AddAsync(request.Tenant(), [.. (emails ?? [email!]).Select(one => (one, reason))], "api", cancellationToken);
            var given = emails?.Count ?? 1;
            var result = new AddedSuppressions(added, given - added - rejected.Count, [.. rejected.Select(index => new RejectedSuppression(index, "must be an e-mail address"))]);
            return new IdempotentReply(201, "/api/suppressions", Replies.Text(result));
        }, cancellationToken);
    }

    [Function("RemoveSuppression")]
    [Requires("validation:write")]
    [Operation("Lets an address be written to again.")]
    [Answers(204)]
    [Refuses("suppression_not_found")]
    public async Task<IResult> RemoveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "suppressions/{email}")] HttpRequest request, string email, CancellationToken cancellationToken)
    {
        await suppressions.RemoveAsync(request.Tenant(), PathPart.Unescaped(email), cancellationToken);
        return Results.NoContent();
    }

    private async Task<IResult> AddFileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        await using var hashed = new HashingStream(CsvBody.Of(request, SuppressionFile.MostBytes, SuppressionFile.TooLarge));
        return await creations.OnceStreamedAsync(
            request, "suppressions",
            async _ =>
            {
                var added = await file.AddAsync(request.Tenant(), hashed, cancellationToken);
                return (new IdempotentReply(201, "/api/suppressions", Replies.Text(added)), await FieldsAsync());
            },
            FieldsAsync, cancellationToken);

        async Task<IReadOnlyDictionary<string, string>> FieldsAsync() => new Dictionary<string, string> { ["file"] = await hashed.EndAsync(cancellationToken) };
    }
}
