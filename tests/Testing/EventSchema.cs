using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProspectOps.Testing;

/// <summary>Holds the body of an event against the schema that the API shows of its type.</summary>
public static class EventSchema
{
    /// <summary>What is not as the schema has it; null where all is. A field that the schema does not name is a fault too: the catalogue says all.</summary>
    public static string? Fault(JsonNode schema, JsonNode? body) => Fault(schema, body, "$");

    private static string? Fault(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value))
            return $"{at} is not {only.ToJsonString()}.";
        if ((string?)schema["type"] is { } type && !Fits(type, value))
            return $"{at} is {value?.ToJsonString() ?? "null"}, which is no {type}.";
        if (value is JsonArray items && schema["items"] is { } item)
            return items.Select((one, index) => Fault(item, one, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null);
        if (value is not JsonObject fields || schema["properties"] is not JsonObject known)
            return null;
        var missing = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).FirstOrDefault(name => !fields.ContainsKey(name));
        if (missing is not null)
            return $"{at}.{missing} is missing.";
        return fields.Select(field => known[field.Key] is { } property ? Fault(property, field.Value, $"{at}.{field.Key}") : $"{at}.{field.Key} is not in the catalogue.").FirstOrDefault(fault => fault is not null);
    }

    private static bool Fits(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && decimal.Truncate(value.GetValue<decimal>()) == value.GetValue<decimal>(),
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No kind of JSON."),
    };
}
