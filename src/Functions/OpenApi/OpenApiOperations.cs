using System.Globalization;
using System.Text.Json.Nodes;
using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.OpenApi;

/// <summary>Writes operations of the API document.</summary>
internal sealed class OpenApiOperations(SchemaBook schemas)
{
    public JsonObject Of(ApiOperation operation, string verb)
    {
        var written = new JsonObject
        {
            // One function may answer several methods; an operation's id is its own.
            ["operationId"] = operation.Verbs.Count == 1 ? operation.Id : $"{operation.Id}_{verb}",
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Operation!.Summary,
            ["description"] = Description(operation),
            ["security"] = operation.Scope is null ? [] : new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() }),
        };
        // OpenAPI 3.1 lets any scheme name roles in its list; the usual tools still refuse them there.
        if (operation.Scope is { Length: > 0 } scope)
            written["x-scopes"] = new JsonArray(scope);
        if (Parameters(operation) is { Count: > 0 } parameters)
            written["parameters"] = parameters;
        if (Body(operation) is { } body)
            written["requestBody"] = body;
        written["responses"] = Responses(operation);
        return written;
    }

    /// <summary>Puts an example beside every schema of a body, now that all schemas are known.</summary>
    public static void AddExamples(JsonObject paths, JsonObject components)
    {
        var contents = paths.SelectMany(path => path.Value!.AsObject())
            .SelectMany(operation => new[] { operation.Value!["requestBody"]?["content"] }.Concat(operation.Value!["responses"]!.AsObject().Select(response => response.Value!["content"])))
            .OfType<JsonObject>()
            .SelectMany(content => content);
        foreach (var (type, media) in contents)
        {
            if (type == "application/json" && media!["example"] is null && media["schema"] is { } schema)
                media["example"] = SchemaExample.Of(schema, components);
        }
    }

    private static string Description(ApiOperation operation)
    {
        var scope = operation.Scope switch
        {
            null => "Open: no key is needed.",
            "" => "Any key will do.",
            { } needed => $"Needs the scope `{needed}`.",
        };
        return operation.Operation!.Description is { } text ? $"{text}\n\n{scope}" : scope;
    }

    private JsonArray Parameters(ApiOperation operation)
    {
        var path = OpenApiDocument.PathOf(operation.Route);
        var parameters = new JsonArray();
        foreach (var name in path.Split('{').Skip(1).Select(part => part.Split('}')[0]))
        {
            var described = operation.Parameters.FirstOrDefault(parameter => parameter.Name == name) ?? new ParameterAttribute(name, $"The {name} as it was answered.");
            parameters.Add(Parameter(described, "path", required: true));
        }
        foreach (var query in operation.Parameters.Where(parameter => !path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal)))
            parameters.Add(Parameter(query, "query", query.Required));
        if (operation.IsPaged)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = "limit",
                ["in"] = "query",
                ["description"] = "Most items of a page.",
                ["schema"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 200, ["default"] = 50 },
            });
            parameters.Add(Parameter(new ParameterAttribute("cursor", "`nextCursor` of the page before."), "query", required: false));
        }
        if (operation.IsIdempotent)
            parameters.Add(Parameter(new ParameterAttribute("Idempotency-Key", "The same key and body within 24 hours are answered as the first time.") { Example = "7b9d0c5e-4f53-4b0c-9a43-2a6f3d1f0a11" }, "header", required: false));
        return parameters;
    }

    private JsonObject Parameter(ParameterAttribute parameter, string place, bool required)
    {
        var schema = schemas.Of(parameter.Type, isInput: false);
        if (parameter.OneOf is { } values)
            schema["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        var written = new JsonObject { ["name"] = parameter.Name, ["in"] = place, ["description"] = parameter.Description, ["schema"] = schema };
        if (required)
            written["required"] = true;
        if (parameter.Example is { } example)
            written["example"] = (string?)(schema["type"] as JsonValue) is "integer" or "number" ? JsonNode.Parse(example) : example;
        return written;
    }

    private JsonObject? Body(ApiOperation operation)
    {
        var content = new JsonObject();
        if (operation.Takes is { } takes)
        {
            var media = new JsonObject { ["schema"] = schemas.Of(takes.Body, isInput: true) };
            if (takes.Example is { } example)
                media["example"] = JsonNode.Parse(example);
            content["application/json"] = media;
        }
        foreach (var type in operation.TakesFile?.ContentTypes ?? [])
            content[type] = new JsonObject { ["schema"] = FileSchema(type) };
        return content.Count == 0 ? null : new JsonObject { ["required"] = operation.Takes is not { IsOptional: true }, ["content"] = content };
    }

    private static JsonObject FileSchema(string type) => type == "multipart/form-data"
        ? new() { ["type"] = "object", ["required"] = new JsonArray("file"), ["properties"] = new JsonObject { ["file"] = new JsonObject { ["type"] = "string", ["contentMediaType"] = "text/csv" } } }
        : new() { ["type"] = "string" };

    private JsonObject Responses(ApiOperation operation)
    {
        var responses = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var answer in operation.Answers)
            responses[Status(answer.Status)] = Response(operation, answer);
        foreach (var refusal in operation.Codes.Select(code => ErrorCatalogue.Errors.GetValueOrDefault(code) ?? throw new InvalidOperationException($"{operation.Id} refuses with {code}, which docs/errors.md lacks.")).GroupBy(error => error.Status))
            responses[Status(refusal.Key)] = Refusal(refusal.OrderBy(error => error.Code, StringComparer.Ordinal).ToArray(), responses.GetValueOrDefault(Status(refusal.Key)));
        return new JsonObject(responses.Select(response => KeyValuePair.Create<string, JsonNode?>(response.Key, response.Value)));
    }

    private JsonObject Response(ApiOperation operation, AnswersAttribute answer)
    {
        var response = new JsonObject { ["description"] = answer.When ?? operation.Operation!.Summary };
        var headers = new JsonObject { ["X-Request-Id"] = Header("Names the request in the log.") };
        if (operation.Scope is not null)
        {
            foreach (var (name, text) in RateLimitHeaders)
                headers[name] = Header(text, "integer");
        }
        if (answer.Status is 201 or 202 or 302)
            headers["Location"] = Header("Where to look next, where there is such a place.");
        if (operation.IsIdempotent)
            headers["Idempotency-Replayed"] = Header("`true` where this is the first answer once more.");
        response["headers"] = headers;
        var content = new JsonObject();
        if (answer.Body is { } body)
            content["application/json"] = new JsonObject { ["schema"] = schemas.Of(body, isInput: false) };
        foreach (var type in answer.Status == 200 ? operation.AnswersFile?.ContentTypes ?? [] : [])
            content[type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        if (content.Count > 0)
            response["content"] = content;
        return response;
    }

    private static readonly (string Name, string Text)[] RateLimitHeaders =
    [
        ("RateLimit-Limit", "Requests a minute."),
        ("RateLimit-Remaining", "Requests left."),
        ("RateLimit-Reset", "Seconds until the first of them comes back."),
    ];

    private static JsonObject Header(string description, string type = "string") => new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type } };

    /// <param name="beside">An answer with the same status that is no refusal, such as a health that is not well.</param>
    private static JsonObject Refusal(CataloguedError[] errors, JsonObject? beside)
    {
        var schema = new JsonObject { ["$ref"] = "#/components/schemas/Problem" };
        var example = new JsonObject
        {
            ["type"] = $"/api/errors/{errors[0].Code}",
            ["title"] = Problems.TitleOf(errors[0].Status),
            ["status"] = errors[0].Status,
            ["detail"] = errors[0].Meaning,
            ["instance"] = "/api/campaigns",
            ["code"] = errors[0].Code,
            ["requestId"] = "0af7651916cd43dd8448eb211c80319c",
        };
        var refusal = beside ?? new JsonObject { ["description"] = string.Join('\n', errors.Select(error => $"- `{error.Code}`: {error.Meaning}")) };
        refusal["x-codes"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error.Code))]);
        refusal["content"] ??= new JsonObject();
        refusal["content"]!["application/problem+json"] = new JsonObject { ["schema"] = schema, ["example"] = example };
        if (errors[0].Status is 429 or 503)
            refusal["headers"] = new JsonObject { ["Retry-After"] = Header("Seconds to wait.", "integer") };
        return refusal;
    }

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}
