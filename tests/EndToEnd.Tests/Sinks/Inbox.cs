extern alias shared;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ProspectOps.Testing;
using shared::ProspectOps.Webhooks;

namespace ProspectOps.EndToEnd.Tests.Sinks;

/// <summary>One address of the sink: its secret, what it answers, and what has arrived.</summary>
public sealed class Inbox(Uri url)
{
    private readonly ConcurrentDictionary<string, int> _arrivals = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedEvent> _received = new();
    private readonly ConcurrentQueue<string> _faults = new();

    public Uri Url { get; } = url;

    public string Secret { get; set; } = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Decides from the event's type and how often it has arrived.</summary>
    public Func<string, int, SinkAnswer> Answer { get; set; } = (_, _) => SinkAnswer.Ok;

    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    /// <summary>What was wrong with events that were not as they should be.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>As the body of a pipeline has it.</summary>
    public object DeliverTo => new { url = Url.AbsoluteUri, secret = Secret };

    internal async Task HandleAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var body = bytes.ToArray();
        if ((StandardWebhook.Fault(http.Request.Headers, body, Secret) ?? FaultOf(body)) is { } fault)
        {
            _faults.Enqueue(fault);
            http.Response.StatusCode = 401;
            return;
        }
        var id = http.Request.Headers["webhook-id"].ToString();
        var json = JsonNode.Parse(body)!;
        var type = (string)json["type"]!;
        var nth = _arrivals.AddOrUpdate(id, 1, (_, count) => count + 1);
        var answer = Answer(type, nth);
        await Task.Delay(answer.Delay);
        _received.Enqueue(new ReceivedEvent(id, type, (string?)json["data"]?["prospectKey"], nth, answer.Status, json));
        http.Response.StatusCode = answer.Status;
    }

    // Whatever arrives in any test is as the catalogue of events has it.
    private static string? FaultOf(byte[] body)
    {
        var json = JsonNode.Parse(body)!;
        return EventCatalog.All.FirstOrDefault(one => one.Type == (string?)json["type"]) is { } known ? EventSchema.Fault(known.Schema, json) : "The event is of no known type.";
    }
}
