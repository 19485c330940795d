using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Api;

/// <summary>The HTTP API, as one holder of a key sees it.</summary>
public sealed class ApiClient(HttpClient http, string? apiKey, AppLog log, ApiContract contract)
{
    private static readonly string[] Ended = ["Completed", "Failed", "Canceled"];

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(JsonSerializer.Serialize(body ?? new { }), Encoding.UTF8, "application/json"), headers);

    public Task<Reply> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    public Task<Reply> PostTextAsync(string path, string body, string contentType) => PostBytesAsync(path, Encoding.UTF8.GetBytes(body), contentType);

    public Task<Reply> PostBytesAsync(string path, byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, path, content);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var (reply, fault) = await TryAsync(method, path, content, headers);
        Assert.Null(fault);
        return reply;
    }

    /// <summary>The answer, and what in it is not as the API's document has it.</summary>
    public async Task<(Reply Reply, string? Fault)> TryAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (apiKey is not null)
            request.Headers.Add("X-API-Key", apiKey);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        // A refusal of a large body then comes before it is sent.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        using var response = await http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var reply = new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, all, log);
        return (reply, contract.Fault(method.Method, path, reply));
    }

    /// <summary>A key of a tenant, made by the operator.</summary>
    public async Task<JsonNode> NewKeyAsync(string[] scopes, string? tenantId = null, int rateLimitPerMinute = 1_000_000) =>
        (await PostAsync("manage/keys", new { name = "for a test", scopes, tenantId, rateLimitPerMinute })).MustBe(201).Json!;

    public async Task<string> UploadAsync(byte[] csv) => (await PostBytesAsync("uploads", csv, "text/csv")).MustBe(201).Json.Text("uploadId")!;

    /// <summary>Starts a pipeline.</summary>
    public async Task<JsonNode> StartAsync(object request) => (await PostAsync("workflows/complete-pipeline", request)).MustBe(202).Json!;

    public async Task<JsonNode> WorkflowAsync(string workflowId) => (await GetAsync($"workflows/{workflowId}")).MustBe(200).Json!;

    /// <summary>Waits until a workflow is over.</summary>
    public Task<JsonNode> EndAsync(string workflowId, TimeSpan? patience = null, Action<JsonNode>? seen = null) =>
        UntilAsync(workflowId, workflow => Ended.Contains(workflow.Text("status")), patience, seen);

    /// <summary>Waits until a workflow is as it should be.</summary>
    public async Task<JsonNode> UntilAsync(string workflowId, Func<JsonNode, bool> condition, TimeSpan? patience = null, Action<JsonNode>? seen = null)
    {
        var limit = patience ?? Patience.Usual;
        var started = Stopwatch.StartNew();
        while (true)
        {
            var workflow = await WorkflowAsync(workflowId);
            seen?.Invoke(workflow);
            if (condition(workflow))
                return workflow;
            Assert.True(started.Elapsed < limit, $"After {limit.TotalSeconds} s the workflow is {workflow.ToJsonString()}{Environment.NewLine}{log.Tail()}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a validation job is over.</summary>
    public async Task<JsonNode> JobEndAsync(string jobId, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience.Usual;
        var started = Stopwatch.StartNew();
        while (true)
        {
            var job = (await GetAsync($"validation/jobs/{jobId}")).MustBe(200).Json!;
            if (job.Text("status") is "Completed" or "CompletedWithErrors" or "Canceled")
                return job;
            Assert.True(started.Elapsed < limit, $"After {limit.TotalSeconds} s the job is {job.ToJsonString()}{Environment.NewLine}{log.Tail()}");
            await Task.Delay(50);
        }
    }

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonNode>> AllAsync(string path, int limit)
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).MustBe(200).Json;
            var found = page.List("items");
            Assert.True(found.Count <= limit, $"A page of {limit} has {found.Count}.");
            items.AddRange(found);
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);
        return items;
    }
}
