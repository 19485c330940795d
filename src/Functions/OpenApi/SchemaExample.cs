using System.Text.Json.Nodes;

namespace ProspectOps.Functions.OpenApi;

/// <summary>Makes an example of a schema: what a field is called says best what it holds.</summary>
internal static class SchemaExample
{
    private const int Deepest = 24;

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "maria.borg@northernlights.example",
        ["normalized"] = "maria.borg@northernlights.example",
        ["local"] = "maria.borg",
        ["domain"] = "northernlights.example",
        ["ascii"] = "northernlights.example",
        ["companyDomain"] = "northernlights.example",
        ["firstName"] = "Maria",
        ["lastName"] = "Borg",
        ["title"] = "Head of CRM",
        ["company"] = "Northern Lights Casino",
        ["country"] = "MT",
        ["linkedinUrl"] = "https://www.linkedin.com/in/maria-borg",
        ["notes"] = "Hiring for five open positions.",
        ["industry"] = "casino",
        ["name"] = "Spring campaign",
        ["language"] = "en",
        ["tone"] = "friendly",
        ["offer"] = "Churn forecasts for players who are about to leave",
        ["url"] = "https://crm.example/hooks/prospectops",
        ["currency"] = "USD",
        ["source"] = "rules",
        ["workflowId"] = "wf_06gzwgayc84pr5krffe7mp9a10",
        ["campaignId"] = "cmp_06gzwgayc84pr5krffe7mp9a10",
        ["uploadId"] = "upl_06gzwgayc84pr5krffe7mp9a10",
        ["prospectKey"] = "prs_06gzwgayc84pr5krffe7mp9a10",
        ["statusUrl"] = "/api/workflows/wf_06gzwgayc84pr5krffe7mp9a10",
        ["timeZone"] = "Europe/Berlin",
    };

    public static JsonNode? Of(JsonNode schema, JsonObject components) => Of(schema, components, "", 0);

    private static JsonNode? Of(JsonNode? schema, JsonObject components, string name, int depth)
    {
        if (schema is not JsonObject given || depth > Deepest)
            return null;
        if (given["default"] is { } usual)
            return usual.DeepClone();
        if (given["$ref"] is { } reference)
            return Of(components[((string)reference!).Split('/')[^1]], components, name, depth + 1);
        if (given["anyOf"] is JsonArray any)
            return Of(any[0], components, name, depth + 1);
        if (given["enum"] is JsonArray values)
            return values[0]?.DeepClone();
        return TypeOf(given) switch
        {
            "object" => Object(given, components, depth),
            "array" => new JsonArray(Of(given["items"], components, name.TrimEnd('s'), depth + 1)),
            "string" => Text(given, name),
            "integer" => JsonValue.Create(Within(given, 1)),
            "number" => JsonValue.Create(Within(given, 1)),
            "boolean" => JsonValue.Create(true),
            _ => new JsonObject(),
        };
    }

    private static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => (string?)several[0],
        { } one => (string?)one,
        null => schema["properties"] is null ? null : "object",
    };

    private static JsonObject Object(JsonObject schema, JsonObject components, int depth)
    {
        var example = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
            example[name] = Of(property, components, name, depth + 1);
        if (schema["additionalProperties"] is JsonObject others)
            example["plan"] = Of(others, components, "plan", depth + 1);
        return example;
    }

    private static JsonValue Text(JsonObject schema, string name) => JsonValue.Create(
        (string?)schema["format"] == "date-time" ? "2026-01-31T09:00:00.000Z"
        : (string?)schema["format"] == "date" ? "2026-01-31"
        : Words.TryGetValue(name, out var word) ? word
        : (string?)schema["format"] == "uri" ? Words["url"]
        : name.Length > 0 ? name : "text");

    private static decimal Within(JsonObject schema, decimal usual) =>
        schema["minimum"] is { } least && (decimal)least > usual ? (decimal)least
        : schema["maximum"] is { } most && (decimal)most < usual ? (decimal)most
        : usual;
}
