using System.Numerics;
using System.Text.Json.Nodes;

namespace ProspectOps.EndToEnd.Tests.Fuzz;

/// <summary>Makes calls out of the API's document. The same seed and number make the same call.</summary>
/// <param name="ids">What may stand for an id: the caller's own and, to be refused, somebody else's.</param>
internal sealed class RequestFuzzer(JsonObject document, IReadOnlyList<string> ids, int seed)
{
    private static readonly string[] ContentTypes = ["text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "multipart/form-data", "", "application/jsonx", "*/*"];

    private readonly BodyFuzzer _bodies = new(document);

    private readonly (string Path, string Method, JsonObject Operation)[] _operations =
    [
        // A script of megabytes, not ours, would be most of what is read; and the sink hangs and breaks off on purpose.
        .. document["paths"]!.AsObject().Where(path => path.Key is not ("/docs/{file}" or "/_test/sink/{script}")).SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Key, operation.Value!.AsObject()))),
    ];

    public FuzzedRequest Make(int number)
    {
        var random = new Random(Mixed(seed, number));
        var (path, method, operation) = _operations[random.Next(_operations.Length)];
        var parameters = operation["parameters"]?.AsArray().Select(parameter => parameter!.AsObject()).ToArray() ?? [];
        foreach (var parameter in parameters.Where(parameter => (string?)parameter["in"] == "path"))
            path = path.Replace($"{{{(string)parameter["name"]!}}}", Uri.EscapeDataString(Safe(Value(parameter, random))), StringComparison.Ordinal);
        var query = parameters.Where(parameter => (string?)parameter["in"] == "query" && random.Next(3) == 0)
            .Select(parameter => $"{(string)parameter["name"]!}={Uri.EscapeDataString(Safe(Value(parameter, random)))}")
            .ToList();
        if (random.Next(20) == 0)
            query.Add($"{Uri.EscapeDataString(Safe(HostileText.Any(random)))}={Uri.EscapeDataString(Safe(HostileText.Any(random)))}");
        var headers = new List<(string, string)>();
        if (parameters.Any(parameter => (string?)parameter["name"] == "Idempotency-Key") && random.Next(3) == 0)
            headers.Add(("Idempotency-Key", random.Next(4) == 0 ? Printable(HostileText.Any(random)) : $"fuzz-{random.Next(50)}"));
        if (random.Next(10) == 0)
            headers.Add(("traceparent", Printable(HostileText.Any(random))));
        var verb = random.Next(40) == 0 ? new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" }[random.Next(7)] : method.ToUpperInvariant();
        var (body, type) = verb is "GET" or "HEAD" or "OPTIONS" ? (null, null) : Body(operation, random);
        return new FuzzedRequest((string)operation["operationId"]!, new HttpMethod(verb), path[1..] + (query.Count == 0 ? "" : "?" + string.Join('&', query)), body, type, headers);
    }

    private (byte[]? Body, string? Type) Body(JsonObject operation, Random random)
    {
        if (operation["requestBody"]?["content"] is not JsonObject contents)
            return random.Next(10) == 0 ? ([1, 2, 3], "application/json") : (null, null);
        var (type, media) = contents.ElementAt(random.Next(contents.Count));
        var body = type == "application/json" ? _bodies.Json(media!.AsObject(), random) : BodyFuzzer.Csv(random);
        return (body, random.Next(25) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : type);
    }

    private string Value(JsonObject parameter, Random random)
    {
        var schema = parameter["schema"]!.AsObject();
        if (random.Next(4) == 0)
            return HostileText.Any(random);
        if (schema["enum"] is JsonArray values)
            return (string)values[random.Next(values.Count)]!;
        if ((string?)(schema["type"] as JsonValue) == "integer")
            return random.Next(-2, 300).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return parameter["example"]?.ToString() is { } example && random.Next(3) > 0 ? example : ids[random.Next(ids.Count)];
    }

    // System.HashCode differs from one process to the next: what it makes could not be made again.
    private static int Mixed(int seed, int number) => (int)BitOperations.Crc32C((uint)seed, (uint)number);

    // A path segment of dots alone is taken away before it is sent.
    private static string Safe(string text) => text is "" or "." or ".." ? "-" : new string([.. text.Where(c => !char.IsSurrogate(c))]) is { Length: > 0 } whole ? whole[..Math.Min(whole.Length, 1_000)] : "-";

    private static string Printable(string text) => new string([.. text.Where(c => c is >= ' ' and <= '~')]) is { Length: > 0 } whole ? whole[..Math.Min(whole.Length, 300)] : "-";
}
