using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProspectOps.EndToEnd.Tests.Api;

/// <summary>The API's own document. Whatever the app answers in any test is held against it: the operation, the status, the code, the fields.</summary>
public sealed class ApiContract
{
    private readonly JsonObject _document;
    private readonly (Regex Path, JsonObject Operations)[] _paths;

    public ApiContract(string document)
    {
        _document = JsonNode.Parse(document)!.AsObject();
        _paths = [.. _document["paths"]!.AsObject()
            // What is written out comes before what is a placeholder.
            .OrderBy(path => path.Key.Count(c => c == '{'))
            .Select(path => (new Regex($"^{Regex.Replace(Regex.Escape(path.Key), @"\\\{[^}]*}", "[^/]+")}$"), path.Value!.AsObject()))];
    }

    public JsonObject Document => _document;

    /// <summary>What in an answer is not as the document has it; null where all is.</summary>
    public string? Fault(string method, string path, Reply reply)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(reply);
        // A slash that was escaped stands within its part of the path, and not between two.
        var called = Uri.UnescapeDataString("/" + path.Split('?')[0].Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        var operation = _paths.Where(one => one.Path.IsMatch(called)).Select(one => one.Operations[method.ToLowerInvariant()]).FirstOrDefault(found => found is not null);
        // Browsers ask before they call; that is no operation of ours.
        if (method == "OPTIONS" && reply.Code == 204)
            return null;
        // What the server cannot read as HTTP, such as a NUL in a path or a line that is too long, never comes to us.
        if (reply.Code is 400 or 414 or 431 && reply.Text.Length == 0 && reply.Header("X-Request-Id") is null)
            return null;
        if (operation is null)
            return reply.Code is 404 or 405 or 401 or 400 ? null : $"{method} {called} is not in the document, yet it answered {reply.Code}.";
        var response = operation["responses"]![$"{reply.Code}"];
        // A word that stands where an id could is another operation's path.
        if (response is null)
            return reply.Code == 405 ? null : $"{method} {called} answered {reply.Code} ({reply.Json.Text("code")}), which the document does not name.";
        if (reply.ContentType == "application/problem+json")
            return response["x-codes"]?.AsArray().Any(code => (string)code! == reply.Json.Text("code")) == true ? null : $"{method} {called} refused with {reply.Json.Text("code")}, which the document does not name.";
        var schema = response["content"]?["application/json"]?["schema"];
        if (reply.ContentType == "application/json")
            return schema is null ? $"{method} {called} answered JSON, which the document does not name." : Fault(schema.AsObject(), reply.Json, "$");
        return reply.Text.Length == 0 || response["content"]?[reply.ContentType ?? ""] is not null ? null : $"{method} {called} answered {reply.ContentType}, which the document does not name.";
    }

    private string? Fault(JsonObject schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference)
            return Fault(_document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject(), value, at);
        if (schema["anyOf"] is JsonArray any)
            return any.Select(one => Fault(one!.AsObject(), value, at)).ToArray() is var faults && faults.Any(fault => fault is null) ? null : faults[0];
        if (schema["type"] is { } type && !Kinds(type).Contains(KindOf(value)) && !(KindOf(value) == "integer" && Kinds(type).Contains("number")))
            return $"{at} is {KindOf(value)} and not {type.ToJsonString()}.";
        if (schema["enum"] is JsonArray values && !values.Any(one => JsonNode.DeepEquals(one, value)))
            return $"{at} is {value?.ToJsonString()} and none of {values.ToJsonString()}.";
        return value switch
        {
            JsonObject map => Fields(schema, map, at),
            JsonArray list when schema["items"] is JsonObject items => list.Select((item, index) => Fault(items, item, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private string? Fields(JsonObject schema, JsonObject map, string at)
    {
        foreach (var name in schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
        {
            if (!map.ContainsKey(name))
                return $"{at}.{name} is missing.";
        }
        if (schema["properties"] is not JsonObject properties)
            return schema["additionalProperties"] is JsonObject each ? map.Select(field => Fault(each, field.Value, $"{at}.{field.Key}")).FirstOrDefault(fault => fault is not null) : null;
        foreach (var (name, value) in map)
        {
            if (properties[name] is not JsonObject property)
                return $"{at}.{name} is not in the document.";
            if (Fault(property, value, $"{at}.{name}") is { } fault)
                return fault;
        }
        return null;
    }

    private static IEnumerable<string> Kinds(JsonNode type) => type is JsonArray several ? several.Select(kind => (string)kind!) : [(string)type!];

    private static string KindOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        JsonValue one => one.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            _ => decimal.TryParse(one.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) ? "integer" : "number",
        },
        _ => "unknown",
    };
}
