using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Validation.Schedules;

namespace ProspectOps.Functions.Validation;

/// <summary>Lists that are checked again and again.</summary>
public sealed class SchedulesHttp(ScheduleService schedules, Creations creations, Paging paging)
{
    [Function("CreateValidationSchedule")]
    [Requires("validation:write")]
    [Operation("Has an upload checked daily, weekly or monthly, at a local time.", Description = "Where the clock is put forward over the time, it runs at the first instant after; where it is put back, once. What was missed while the installation was down runs once. In a month without the day, the last one counts.")]
    [Takes(typeof(ScheduleBody), Example = """{"name":"Newsletter","uploadId":"upl_01kc0000000000000000000000","cadence":"weekly","dayOfWeek":"monday","at":"07:30","timeZone":"Europe/Paris"}""")]
    [Answers(201, typeof(ScheduleView))]
    [Idempotent]
    [Refuses("upload_not_found", "csv_empty", "csv_no_email_column", "csv_no_rows", "csv_several_email_columns", "csv_too_many_columns", "csv_quote_open", "csv_row_too_long", "too_many_schedules")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/schedules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<ScheduleBody>(request, JsonBody.UsualLimit, cancellationToken);
        var asked = RequestedSchedule.Require(body.Value);
        return await creations.OnceAsync(request, "validation/schedules", body, async seed =>
        {
            var schedule = await schedules.AddAsync(request.Tenant(), asked, seed, cancellationToken);
            return new IdempotentReply(201, $"/api/validation/schedules/{schedule.ScheduleId}", Replies.Text(schedule));
        }, cancellationToken);
    }

    [Function("ListValidationSchedules")]
    [Requires("validation:read")]
    [Operation("Lists the tenant's schedules.")]
    [Answers(200, typeof(PageView<ScheduleView>))]
    [Paged]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/schedules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (limit, after) = paging.Read(request, "validation/schedules");
        var (items, next) = await schedules.ListAsync(request.Tenant(), after, limit, cancellationToken);
        return paging.Reply(request, "validation/schedules", items, next);
    }

    [Function("GetValidationSchedule")]
    [Requires("validation:read")]
    [Operation("Answers one schedule, with the time at which it runs next.")]
    [Answers(200, typeof(ScheduleView))]
    [Refuses("schedule_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/schedules/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Replies.Ok(await schedules.GetAsync(request.Tenant(), id, cancellationToken));

    [Function("DeleteValidationSchedule")]
    [Requires("validation:write")]
    [Operation("Deletes a schedule and the history of its runs; their jobs stay.")]
    [Answers(204)]
    [Refuses("schedule_not_found")]
    public async Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "validation/schedules/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await schedules.RemoveAsync(request.Tenant(), id, cancellationToken);
        return Results.NoContent();
    }

    [Function("ListValidationScheduleRuns")]
    [Requires("validation:read")]
    [Operation("Lists what came of a schedule, the newest run first.")]
    [Answers(200, typeof(PageView<RunView>))]
    [Paged]
    [Refuses("schedule_not_found")]
    public async Task<IResult> RunsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/schedules/{id}/runs")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (limit, after) = paging.Read(request, $"validation/schedules/{id}/runs");
        var (items, next) = await schedules.RunsAsync(request.Tenant(), id, after, limit, cancellationToken);
        return paging.Reply(request, $"validation/schedules/{id}/runs", items, next);
    }
}
