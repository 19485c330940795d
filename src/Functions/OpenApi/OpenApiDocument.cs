using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.OpenApi;

/// <summary>The API as an OpenAPI 3.1 document, made of the functions' attributes and of their types.</summary>
/// <remarks>https://spec.openapis.org/oas/v3.1.1.html</remarks>
public static partial class OpenApiDocument
{
    private static readonly JsonSerializerOptions Readable = new(JsonDefaults.Options) { WriteIndented = true };
    private static readonly Lazy<byte[]> Made = new(() => JsonSerializer.SerializeToUtf8Bytes(Make(), Readable));

    /// <summary>UTF-8, made at the first call.</summary>
    public static ReadOnlyMemory<byte> Bytes => Made.Value;

    private static JsonObject Make()
    {
        var schemas = new SchemaBook();
        var described = ApiOperation.All.Where(operation => operation.Operation is not null).ToArray();
        var operations = new OpenApiOperations(schemas);
        var paths = new JsonObject();
        foreach (var route in described.GroupBy(operation => PathOf(operation.Route)).OrderBy(route => route.Key, StringComparer.Ordinal))
            paths[route.Key] = new JsonObject(route.SelectMany(operation => operation.Verbs.Select(verb => KeyValuePair.Create<string, JsonNode?>(verb, operations.Of(operation, verb)))));
        var components = schemas.Components;
        components["Problem"] = ProblemSchema();
        OpenApiOperations.AddExamples(paths, components);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ProspectOps",
                ["version"] = AppVersion.Text,
                ["summary"] = "From an industry and a list of people to a delivered campaign.",
                ["description"] = "Every path needs a key in `X-API-Key` or as a bearer token, but those that say otherwise. Times are RFC 3339 in UTC. Ids are opaque and sorted by time. A field may be added to an answer at any time; none is renamed or dropped. What an error code means stands at `/api/errors/{code}`.",
                ["contact"] = new JsonObject { ["name"] = "The operator of this installation" },
                ["license"] = new JsonObject { ["name"] = "Proprietary", ["identifier"] = "LicenseRef-Proprietary" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["tags"] = new JsonArray([.. described.Select(operation => operation.Tag).Distinct().Order(StringComparer.Ordinal).Select(Tag)]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = components,
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-API-Key", ["description"] = "`po_<keyId>_<secret>`; what it may do follows from its scopes." },
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The same key as a bearer token." },
                },
            },
        };
    }

    /// <summary>A route's template without constraints, as OpenAPI writes it.</summary>
    public static string PathOf(string route) => "/" + Constraint().Replace(route, "{$1}");

    private static JsonObject Tag(string name) => new() { ["name"] = name, ["description"] = TagDescriptions.Of(name) };

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "A refusal (RFC 9457).",
        ["required"] = new JsonArray("type", "title", "status", "detail", "instance", "code", "requestId"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("Path of the page that explains the code.", "/api/errors/validation_failed"),
            ["title"] = Text("The kind of refusal.", "The request cannot be used as it is"),
            ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status.", ["examples"] = new JsonArray(400) },
            ["detail"] = Text("What is wrong, in one sentence.", "The request has fields that cannot be used."),
            ["instance"] = Text("The path that was called.", "/api/campaigns/create"),
            ["code"] = Text("Stable, to be branched on.", "validation_failed"),
            ["errors"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Field to messages.",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            },
            ["fix"] = Text("What the caller can do.", "Correct the fields named in errors."),
            ["resetsAt"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "When a quota that is used up begins anew." },
            ["requestId"] = Text("As in X-Request-Id.", "0af7651916cd43dd8448eb211c80319c"),
        },
    };

    private static JsonObject Text(string description, string example) => new() { ["type"] = "string", ["description"] = description, ["examples"] = new JsonArray(example) };

    [GeneratedRegex(@"\{\*?(\w+)[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();
}
