using System.Globalization;
using System.Text.Json.Nodes;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Management;

/// <summary>An instance as the management API shows it. Source: StatusResponsePayload of the Durable Functions extension.</summary>
internal static class InstanceJson
{
    public static JsonObject Of(InstanceHeader header, bool showsInput) => new()
    {
        ["name"] = header.Name,
        ["instanceId"] = header.InstanceId,
        ["runtimeStatus"] = header.Status.ToString(),
        ["input"] = showsInput ? Parse(header.Input) : null,
        ["customStatus"] = Parse(header.CustomStatus),
        ["output"] = header.Failure is { } failure ? $"{failure.ErrorType}: {failure.ErrorMessage}" : Parse(header.Output),
        ["createdTime"] = Text(header.CreatedAt),
        ["lastUpdatedTime"] = Text(header.UpdatedAt),
    };

    /// <summary>What happened, a line for each thing that ended; beginnings are told with their ends.</summary>
    public static JsonArray Of(InstanceHeader header, IReadOnlyList<HistoryEvent> history, bool showsOutput)
    {
        var lines = new JsonArray();
        var actions = history.OfType<ActionEvent>().ToDictionary(action => action.Id);
        var now = header.CreatedAt.UtcDateTime;
        foreach (var item in history)
        {
            if (item is EpisodeStarted episode)
                now = episode.UtcNow;
            if (Line(item, header, actions) is not { } line)
                continue;
            line["Timestamp"] = now.ToString("O", CultureInfo.InvariantCulture);
            if (showsOutput && item.Payload is { } payload)
                line[item is EventRaised ? "Input" : "Result"] = Parse(payload);
            lines.Add((JsonNode)line);
        }
        if (header.IsEnded)
        {
            var end = new JsonObject
            {
                ["EventType"] = header.Status == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Terminated ? "ExecutionTerminated" : "ExecutionCompleted",
                ["OrchestrationStatus"] = header.Status.ToString(),
                ["Timestamp"] = header.UpdatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            };
            if (showsOutput)
                end["Result"] = Parse(header.Output);
            lines.Add((JsonNode)end);
        }
        return lines;
    }

    private static JsonObject? Line(HistoryEvent item, InstanceHeader header, Dictionary<int, ActionEvent> actions) => item switch
    {
        ExecutionStarted => new JsonObject { ["EventType"] = "ExecutionStarted", ["FunctionName"] = header.Name },
        TaskCompleted done => new JsonObject { ["EventType"] = "TaskCompleted", ["FunctionName"] = actions[done.Id].Name },
        TaskFailed failed => Failed("TaskFailed", actions[failed.Id], failed.Failure),
        ChildCompleted done => new JsonObject { ["EventType"] = "SubOrchestrationInstanceCompleted", ["FunctionName"] = actions[done.Id].Name },
        ChildFailed failed => Failed("SubOrchestrationInstanceFailed", actions[failed.Id], failed.Failure),
        TimerFired fired when actions[fired.Id] is TimerScheduled timer =>
            new JsonObject { ["EventType"] = "TimerFired", ["FireAt"] = timer.FireAt.ToString("O", CultureInfo.InvariantCulture) },
        EventRaised raised => new JsonObject { ["EventType"] = "EventRaised", ["Name"] = raised.Name },
        EventSent sent => new JsonObject { ["EventType"] = "EventSent", ["Name"] = sent.Name },
        ExecutionSuspended suspended => new JsonObject { ["EventType"] = "ExecutionSuspended", ["Reason"] = suspended.Reason },
        ExecutionResumed resumed => new JsonObject { ["EventType"] = "ExecutionResumed", ["Reason"] = resumed.Reason },
        _ => null,
    };

    private static JsonObject Failed(string type, ActionEvent action, FailureRecord failure) =>
        new() { ["EventType"] = type, ["FunctionName"] = action.Name, ["Reason"] = failure.ErrorMessage, ["Details"] = failure.StackTrace };

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
