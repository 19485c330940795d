using System.Globalization;
using System.Text.Json.Nodes;

namespace ProspectOps.EndToEnd.Tests.Api;

/// <summary>Reads answers by path, such as <c>counts.byTier.A</c> or <c>items[0].name</c>.</summary>
internal static class Json
{
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var part in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
            node = part.EndsWith(']') ? node?[int.Parse(part[..^1], CultureInfo.InvariantCulture)] : node?[part];
        return node;
    }

    public static string? Text(this JsonNode? node, string path) => (string?)node.At(path);

    public static long Number(this JsonNode? node, string path) =>
        (long?)node.At(path) ?? throw new InvalidOperationException($"There is no {path} in {node?.ToJsonString()}");

    public static IReadOnlyList<JsonNode> List(this JsonNode? node, string path) =>
        [.. (node.At(path) ?? throw new InvalidOperationException($"There is no {path} in {node?.ToJsonString()}")).AsArray().Select(item => item!)];

    /// <summary>An object of numbers.</summary>
    public static Dictionary<string, long> Numbers(this JsonNode? node, string path) =>
        node.At(path)!.AsObject().ToDictionary(pair => pair.Key, pair => (long)pair.Value!);
}
