using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationJobsHttp(JobService jobs, JobInputStore inputs, Creations creations, Paging paging)
{
    [Function("StartValidationJob")]
    [Requires("validation:write")]
    [Operation("Has a list of addresses checked.", Description = "A CSV file as the body, or JSON with addresses or an upload. The file is read after the answer; what is wrong with its header is told at once.")]
    [Takes(typeof(JobBody), Example = """{"emails":["maria.borg@northernlights.example","info@northernlights.example"]}""")]
    [TakesFile("text/csv")]
    [Parameter("dedupe", "When two rows are the same; canonical where none is named.", Type = typeof(DedupeMethod))]
    [Parameter("smtpProbe", "Whether mail servers may be asked.", Type = typeof(bool))]
    [Parameter("column", "The name of the column with the addresses, where the header does not make it plain.")]
    [Answers(202, typeof(StartedJob))]
    [Idempotent]
    [Refuses("csv_binary", "csv_empty", "csv_no_email_column", "csv_no_rows", "csv_quote_open", "csv_row_too_long", "csv_several_email_columns", "csv_too_many_columns", "upload_not_found", "upload_too_large", "body_too_large", "request_malformed")]
    public Task<IResult> StartAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/jobs")] HttpRequest request, CancellationToken cancellationToken) =>
        CsvBody.Is(request) ? StartFileAsync(request, cancellationToken) : StartListAsync(request, cancellationToken);

    [Function("ListValidationJobs")]
    [Requires("validation:read")]
    [Operation("Lists the tenant's jobs, the newest first.")]
    [Parameter("status", "Jobs in this state alone.", Type = typeof(JobStatus))]
    [Answers(200, typeof(PageView<JobView>))]
    [Paged]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        JobStatus? status = null;
        if (request.TextOf("status") is { } text)
        {
            status = Enum.GetNames<JobStatus>().Contains(text) ? Enum.Parse<JobStatus>(text)
                : throw new DomainException(ApiErrors.QueryInvalid("status", $"must be one of {string.Join(", ", Enum.GetNames<JobStatus>())}"));
        }
        var list = $"validation/jobs?{status}";
        var (limit, after) = paging.Read(request, list);
        var (items, next) = await jobs.ListAsync(request.Tenant(), status, after, limit, cancellationToken);
        return paging.Reply(request, list, items, next);
    }

    [Function("GetValidationJob")]
    [Requires("validation:read")]
    [Operation("Says how far a job is. Its counts are exact at any moment.")]
    [Answers(200, typeof(JobView))]
    [Refuses("job_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/jobs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await jobs.GetAsync(request.Tenant(), id, cancellationToken));

    [Function("CancelValidationJob")]
    [Requires("validation:write")]
    [Operation("Stops a job after the chunks in flight.")]
    [Answers(202, typeof(StartedJob))]
    [Refuses("job_not_found", "job_finished")]
    public async Task<IResult> CancelAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/jobs/{id}/cancel")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await jobs.CancelAsync(request.Tenant(), id, cancellationToken);
        return Accepted(id);
    }

    [Function("RetryValidationJob")]
    [Requires("validation:write")]
    [Operation("Runs the dead chunks of a job again, and only those.")]
    [Answers(202, typeof(StartedJob))]
    [Refuses("job_not_found", "no_dead_chunks")]
    public async Task<IResult> RetryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/jobs/{id}/retry")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await jobs.RetryAsync(request.Tenant(), id, cancellationToken);
        return Accepted(id);
    }

    private async Task<IResult> StartFileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var options = JobOptions.Read(request);
        var tenant = request.Tenant();
        var file = CsvBody.Of(request, UploadErrors.MostBytes, UploadErrors.TooLarge);
        var (source, hash) = await inputs.KeepFileAsync(tenant, file, options.Column, cancellationToken);
        var taken = false;
        try
        {
            var body = new JsonBody<string>(hash, new Dictionary<string, string>([new("file", hash), .. options.Fields()]));
            return await creations.OnceAsync(request, "validation/jobs", body, async seed =>
            {
                taken = true;
                return await StartAsync(request, options.For(source, request.Caller().KeyId), seed, cancellationToken);
            }, cancellationToken);
        }
        finally
        {
            // The same file came before, and its job has it.
            if (!taken)
                await inputs.DropAsync(source, CancellationToken.None);
        }
    }

    private async Task<IResult> StartListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var query = JobOptions.Read(request);
        var body = await JsonBody.ReadAsync<JobBody>(request, JsonBody.LargeLimit, cancellationToken);
        var (emails, uploadId) = (body.Value.Emails, body.Value.UploadId);
        var errors = new FieldErrors();
        errors.Require(emails is null != uploadId is null, "emails", "either emails or uploadId must be given, and not both");
        errors.Require(emails is null or { Count: >= 1 and <= JobErrors.MostEmails }, "emails", $"must be 1 to {JobErrors.MostEmails}; there were {emails?.Count}");
        errors.ThrowIfAny();
        var options = new JobOptions(query.Dedupe ?? body.Value.Dedupe, query.SmtpProbe ?? body.Value.SmtpProbe, query.Column ?? body.Value.Column);
        var compared = new JsonBody<JobBody>(body.Value, () => new Dictionary<string, string>([.. body.Fields, .. query.Fields()]));
        return await creations.OnceAsync(request, "validation/jobs", compared, async seed =>
        {
            var source = emails is null ? new JobSource(JobSource.Upload, uploadId!) : await inputs.KeepListAsync(request.Tenant(), seed, emails, cancellationToken);
            return await StartAsync(request, options.For(source, request.Caller().KeyId), seed, cancellationToken);
        }, cancellationToken);
    }

    private async Task<IdempotentReply> StartAsync(HttpRequest request, JobRequest job, string seed, CancellationToken cancellationToken)
    {
        var jobId = await jobs.StartAsync(request.Tenant(), job, seed, cancellationToken);
        return new IdempotentReply(202, StartedJob.Of(jobId).StatusUrl, Replies.Text(StartedJob.Of(jobId)));
    }

    private static IResult Accepted(string jobId) => Replies.Accepted(StartedJob.Of(jobId).StatusUrl, StartedJob.Of(jobId));
}
