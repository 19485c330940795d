using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Cli.Tests.FakeApp;

/// <summary>The part of the HTTP contract that the command line calls, over workflows in memory.</summary>
public sealed class FakeServer(FakeBehavior behavior)
{
    private const string Created = "2026-01-01T10:00:00Z";
    private readonly ConcurrentDictionary<string, FakeWorkflow> _workflows = new();

    /// <summary>Bodies of complete-pipeline, one for each try, with its idempotency key.</summary>
    public ConcurrentQueue<(string IdempotencyKey, string Body)> Starts { get; } = new();

    public ConcurrentQueue<string> Uploads { get; } = new();

    /// <summary>Path and body of each call about Clay.</summary>
    public ConcurrentQueue<(string Path, string Body)> ClayCalls { get; } = new();

    /// <summary>Queries and bodies of validation jobs.</summary>
    public ConcurrentQueue<(string Query, string Body)> Jobs { get; } = new();

    public WebApplication Build(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        app.Use(RequireKeyAsync);
        app.MapGet("/api/health", () => Results.Json(new { status = "healthy" }));
        app.MapGet("/api/industries", () => Text("""{"items":[{"id":"saas","name":"Software as a service","agentStatus":"ready"},{"id":"biotech","name":"Biotech","agentStatus":"absent"}]}"""));
        app.MapPost("/api/uploads", UploadAsync);
        app.MapPost("/api/workflows/complete-pipeline", StartAsync);
        app.MapGet("/api/workflows", (string? status) => Text($$"""{"items":[{{string.Join(',', _workflows.Keys.Where(id => status is null || status == Status(id)).Select(Workflow))}}],"nextCursor":null}"""));
        app.MapGet("/api/workflows/{id}", ShowAsync);
        app.MapPost("/api/workflows/{id}/cancel", Cancel);
        app.MapGet("/api/workflows/{id}/rejected", () => Results.Text("line,reason,email\n4,no address,nobody\n", "text/csv"));
        app.MapPost("/api/clay/setup-tables", request => ClayAsync(request, """
            {"campaignId":"cmp_1","tables":[{"name":"ProspectOps: Spring","columns":[{"name":"po_row_id","type":"text"},{"name":"ready","type":"checkbox","formula":"!!{{found_email}}"}],
             "httpColumn":{"method":"POST","url":"https://ops.example/api/clay/webhook","headers":{"x-clay-webhook-auth":"clay_1_once"},"bodyTemplate":"{\n  \"po_row_id\": {{po_row_id}}\n}","returnPaths":["accepted"],"runCondition":"{{ready}}"}}],
             "inbound":{"url":"https://ops.example/api/clay/webhook","header":"x-clay-webhook-auth","token":"clay_1_once"},"instructions":["Make a table.","Add the columns."]}
            """));
        app.MapPut("/api/clay/connection", request => ClayAsync(request, """{"webhookUrl":"https://api.clay.example/1","campaignId":"cmp_1","hasAuthToken":true,"sent":12,"lifetimeLimit":50000,"awaitingReturn":0,"overdue":0}"""));
        app.MapPost("/api/clay/push", request => StartClayAsync(request));
        app.MapPost("/api/clay/rows/push-again", request => StartClayAsync(request));
        app.MapGet("/api/campaigns", () => Text("""{"items":[{"campaignId":"cmp_1","name":"Spring","industry":"saas","status":"completed","counts":{"prospects":3,"generated":2,"delivered":3,"replied":0}}],"nextCursor":null}"""));
        app.MapGet("/api/campaigns/{id}/export", (string format) => Results.Text(format == "jsonl" ? "{\"prospectKey\":\"p1\"}\n" : "email,tier\nann@example.com,A\n", "text/plain"));
        app.MapPost("/api/validation/jobs", StartJobAsync);
        app.MapGet("/api/validation/jobs/{id}", ShowJob);
        app.MapGet("/api/validation/jobs/{id}/results", (string? verdict) => Results.Text($"email,verdict\nonly {verdict ?? "all"}\n", "text/csv"));
        app.MapGet("/api/validation/jobs/{id}/duplicates", () => Results.Text("row,email\n2,ann@example.com\n", "text/csv"));
        return app;
    }

    private async Task ClayAsync(HttpContext context, string reply, int status = 200)
    {
        using var reader = new StreamReader(context.Request.Body);
        ClayCalls.Enqueue((context.Request.Path, await reader.ReadToEndAsync()));
        await Text(reply, status).ExecuteAsync(context);
    }

    private Task StartClayAsync(HttpContext context)
    {
        _workflows["wf_1"] = new FakeWorkflow(behavior.Polls);
        return ClayAsync(context, """{"workflowId":"wf_1","statusUrl":"/api/workflows/wf_1"}""", 202);
    }

    private async Task<IResult> StartJobAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Jobs.Enqueue((request.QueryString.Value ?? "", await reader.ReadToEndAsync()));
        _workflows["job_1"] = new FakeWorkflow(behavior.Polls);
        return Text("""{"jobId":"job_1","statusUrl":"/api/validation/jobs/job_1"}""", 202);
    }

    private IResult ShowJob(string id)
    {
        if (!_workflows.TryGetValue(id, out var job))
            return Problem(404, "job_not_found", "Not found", "There is no such job.");
        job.Polled();
        var status = Status(id);
        var over = status != "Running";
        return Text($$"""
            {
              "jobId": "{{id}}", "status": "{{status}}", "total": 4, "done": {{(over ? 4 : 2)}}, "duplicates": 1,
              "byVerdict": {"deliverable": 3, "risky": 0, "undeliverable": 1, "unknown": 0},
              "chunks": {"total": 1, "done": {{(over ? 1 : 0)}}, "dead": 0}, "cache": {"hits": 1, "misses": 2}, "ratePerSecond": 2,
              "startedAt": "{{Created}}"{{(over ? ""","finishedAt":"2026-01-01T10:00:02Z" """ : ""","etaSeconds":1 """)}}
            }
            """);
    }

    private static async Task RequireKeyAsync(HttpContext context, Func<Task> next)
    {
        if (context.Request.Path == "/api/health" || context.Request.Headers["X-API-Key"] == FakeBehavior.Key)
            await next();
        else
            await Problem(401, "unauthorized", "Unauthorized", "The key is not known.").ExecuteAsync(context);
    }

    private async Task<IResult> UploadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Uploads.Enqueue(await reader.ReadToEndAsync());
        return request.ContentType == "text/csv"
            ? Results.Json(new { uploadId = "upl_1", rows = 4, rejected = Array.Empty<object>() }, statusCode: 201)
            : Problem(415, "unsupported_media_type", "Unsupported media type", "");
    }

    private async Task<IResult> StartAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        Starts.Enqueue((request.Headers["Idempotency-Key"].ToString(), body));
        if (Starts.Count <= behavior.FailStarts)
            return Problem(503, "unavailable", "Unavailable", "Storage is away.");
        var json = JsonNode.Parse(body)!;
        if ((string?)json["industry"] is not ("saas" or "biotech"))
            return Problem(400, "invalid_request", "Invalid request", "A field is wrong.", """{"industry":["is not an industry"]}""");
        var secret = json["options"]?["deliverTo"] is null ? "" : ""","deliverySecret":"whsec_once" """;
        var id = $"wf_{_workflows.Count + 1}";
        _workflows[id] = new FakeWorkflow((string?)json["name"] == "slow" ? behavior.Polls * 4 : behavior.Polls);
        return Text($$"""{"workflowId":"{{id}}","campaignId":"cmp_1","statusUrl":"/api/workflows/{{id}}"{{secret}}}""", 202);
    }

    private async Task<IResult> ShowAsync(string id, HttpContext context)
    {
        // One that was started before a restart is found again, as storage would find it.
        if (id == "wf_1")
            _workflows.TryAdd(id, new FakeWorkflow(behavior.Polls));
        if (!_workflows.TryGetValue(id, out var workflow))
            return Problem(404, "workflow_not_found", "Not found", "There is no such workflow.");
        if (behavior.BreakReplies-- > 0)
        {
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("{\"workflowId\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
            return Results.Empty;
        }
        workflow.Polled();
        return Text(Workflow(id));
    }

    private IResult Cancel(string id)
    {
        _workflows.GetOrAdd(id, _ => new FakeWorkflow(behavior.Polls)).IsCanceled = true;
        return Results.StatusCode(202);
    }

    private string Status(string id) => _workflows[id].StatusWhenEnd(behavior.EndsAs);

    private string Workflow(string id)
    {
        var status = Status(id);
        var over = status is not "Running";
        var error = status == "Failed" ? ""","error":"the model was away" """ : "";
        return $$"""
            {
              "workflowId": "{{id}}", "campaignId": "cmp_1", "kind": "complete-pipeline", "status": "{{status}}",
              "progress": {"stage": "validate", "done": 2, "total": 4, "percent": 50},
              "stages": [
                {"name": "research", "status": "done", "done": 1, "total": 1, "failed": 0},
                {"name": "validate", "status": "{{(over ? "done" : "running")}}", "done": {{(over ? 4 : 2)}}, "total": 4, "failed": 0},
                {"name": "deliver", "status": "{{(over ? "done" : "pending")}}", "done": {{(over ? 3 : 0)}}, "total": 3, "failed": 0}
              ],
              "counts": {"received": 4, "duplicates": 0, "invalid": 1, "validated": 3, "analyzed": 3, "generated": 2, "delivered": 3, "failed": 0},
              "byTier": {"A": 1, "B": 1, "C": 1, "D": 0}, "costUsd": 0.25, "deliveries": {{behavior.Deliveries}},
              "createdAt": "{{Created}}"{{(over ? ""","finishedAt":"2026-01-01T10:00:02.5Z" """ : "")}}{{error}}
            }
            """;
    }

    private static IResult Text(string json, int status = 200) => Results.Text(json, "application/json", statusCode: status);

    private static IResult Problem(int status, string code, string title, string detail, string errors = "{}") => Results.Text(
        JsonSerializer.Serialize(new { type = $"/api/errors/{code}", title, status, detail, code, fix = "Do something else.", requestId = "req_1", errors = JsonNode.Parse(errors) }),
        "application/problem+json", statusCode: status);
}
