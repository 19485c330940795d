using System.Reflection;
using System.Text.Json.Nodes;

namespace ProspectOps.Webhooks;

/// <summary>What the body of each type of event holds: a schema (JSON Schema 2020-12) and an example, from <c>EventCatalog.json</c>.</summary>
public static class EventCatalog
{
    private static readonly Lazy<IReadOnlyList<EventTypeView>> Types = new(Read);

    public static IReadOnlyList<EventTypeView> All => Types.Value;

    private static IReadOnlyList<EventTypeView> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ProspectOps.Webhooks.EventCatalog.json") ?? throw new InvalidOperationException("The catalogue of events is missing.");
        var entries = JsonNode.Parse(stream)!.AsObject();
        return [.. EventTypes.All.Select(type => Of(type, entries[type] as JsonObject ?? throw new InvalidOperationException($"The catalogue lacks {type}.")))];
    }

    /// <summary>A field is described by its kind, with <c>?</c> where it may be missing: the schema is written out from that.</summary>
    private static EventTypeView Of(string type, JsonObject entry)
    {
        var data = (JsonObject)entry["example"]!;
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["type"] = "object",
            ["required"] = new JsonArray("type", "timestamp", "data"),
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["const"] = type },
                ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                ["data"] = Data((JsonObject)entry["fields"]!),
            },
        };
        var example = new JsonObject { ["type"] = type, ["timestamp"] = "2026-11-21T01:44:05.856Z", ["data"] = data.DeepClone() };
        return new EventTypeView(type, (string)entry["description"]!, schema, example);
    }

    private static JsonObject Data(JsonObject fields)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, kind) in fields)
        {
            var text = (string)kind!;
            if (!text.EndsWith('?'))
                required.Add(name);
            properties[name] = Kind(text.TrimEnd('?'));
        }
        return new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties };
    }

    private static JsonObject Kind(string kind) => kind switch
    {
        "time" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "objects" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        "strings" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        _ => new JsonObject { ["type"] = kind },
    };
}
