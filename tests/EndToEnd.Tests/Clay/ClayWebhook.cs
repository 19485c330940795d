using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>A webhook source of a table, and the table behind it.</summary>
public sealed class ClayWebhook(Uri url, ClayWorkspace workspace)
{
    private const int MostBytes = 100 * 1024;

    private readonly ConcurrentQueue<JsonObject> _rows = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _submissions;

    public Uri Url { get; } = url;

    public ClayWorkspace Workspace { get; } = workspace;

    /// <summary>What the source asks for; null where its token is switched off.</summary>
    public string? Token { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Rows that the webhook takes in its life; beyond them it answers as ever and drops them.</summary>
    public int Life { get; set; } = 50_000;

    /// <summary>An answer instead of the usual one, by the number of the request; null for the usual one.</summary>
    public Func<int, int?> Answer { get; set; } = _ => null;

    /// <summary>Rows that get lost behind a good answer.</summary>
    public Func<JsonObject, bool> Drops { get; set; } = _ => false;

    /// <summary>What a request waits for before it is answered, by its number.</summary>
    public Func<int, Task> Pause { get; set; } = _ => Task.CompletedTask;

    /// <summary>Requests, those refused too.</summary>
    public int Submissions => _submissions;

    /// <summary>The rows of the table.</summary>
    public IReadOnlyList<JsonObject> Rows => [.. _rows];

    /// <summary>What Clay would not have taken.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public IEnumerable<string> RowIds => Rows.Select(row => (string)row["po_row_id"]!);

    internal async Task HandleAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _submissions);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        await Pause(number);
        http.Response.StatusCode = Answer(number) ?? Judge(http, body.ToArray(), number);
        await http.Response.WriteAsync(http.Response.StatusCode == 200 ? """{"message":"success"}""" : "{}");
    }

    /// <summary>What the table's HTTP column does once a row is enriched.</summary>
    public static async Task<int> ReturnAsync(HttpClient http, JsonNode inbound, JsonNode row)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "clay/webhook") { Content = new StringContent(row.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add((string)inbound["header"]!, (string)inbound["token"]!);
        using var reply = await http.SendAsync(request);
        return (int)reply.StatusCode;
    }

    private int Judge(HttpContext http, byte[] body, int number)
    {
        if (Token is { } token && http.Request.Headers["x-clay-webhook-auth"] != token)
            return 401;
        if (!Workspace.TryTake())
        {
            http.Response.Headers.RetryAfter = "1";
            return 429;
        }
        if (body.Length > MostBytes)
            return Fault(413, $"{body.Length} bytes");
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            return Fault(422, $"the content type {http.Request.ContentType}");
        if (Parse(body) is not { } row || row.Any(cell => cell.Value is JsonObject or JsonArray))
            return Fault(422, $"no flat object: {Encoding.UTF8.GetString(body)}");
        if (number <= Life && !Drops(row))
            _rows.Enqueue(row);
        return 200;
    }

    private int Fault(int status, string what)
    {
        _faults.Enqueue(what);
        return status;
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
