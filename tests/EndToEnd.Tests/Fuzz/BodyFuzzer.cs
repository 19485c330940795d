using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProspectOps.EndToEnd.Tests.Fuzz;

/// <summary>Bodies: as the document shows them, nearly so, and not at all.</summary>
internal sealed class BodyFuzzer(JsonObject document)
{
    public byte[] Json(JsonObject media, Random random)
    {
        var example = media["example"]!.DeepClone();
        var kind = random.Next(10);
        // Some are right, most are right but for one thing, and a few are no JSON at all.
        if (kind < 2)
            return Bytes(Varied(example, media["schema"]!.AsObject(), random, 0.2));
        if (kind < 8)
            return Bytes(Varied(example, media["schema"]!.AsObject(), random, 1));
        return Broken(Bytes(example), random);
    }

    public static byte[] Csv(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? HostileText.Any(random) : "email,firstName,lastName,company,title,notes\n");
        for (var line = random.Next(20); line > 0; line--)
        {
            text.Append(CultureInfo.InvariantCulture, $"p{random.Next(1000)}@company{random.Next(50)}.example,F,L,Company,{(random.Next(5) == 0 ? $"\"{HostileText.Any(random).Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : "Head of CRM")},");
            text.Append(random.Next(8) == 0 ? "\"never closed" : "note").Append('\n');
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.Next(6) == 0 ? Broken(bytes, random) : bytes;
    }

    private JsonNode? Varied(JsonNode? node, JsonObject schema, Random random, double chance)
    {
        if (random.NextDouble() >= chance)
            return node;
        schema = Resolved(schema);
        switch (random.Next(8))
        {
            case 0:
                return Anything(random);
            case 1 when node is JsonObject map:
                map[random.Next(2) == 0 ? "unknown" : HostileText.Any(random)] = Anything(random);
                return map;
            case 2 when node is JsonObject { Count: > 0 } map:
                map.Remove(map.ElementAt(random.Next(map.Count)).Key);
                return map;
            case 3 when node is JsonArray list:
                for (var more = random.Next(1, 700); more > 0; more--)
                    list.Add(list.FirstOrDefault()?.DeepClone() ?? Anything(random));
                return list;
            default:
                return Within(node, schema, random, chance);
        }
    }

    private JsonNode? Within(JsonNode? node, JsonObject schema, Random random, double chance)
    {
        if (node is JsonObject { Count: > 0 } map)
        {
            var name = map.ElementAt(random.Next(map.Count)).Key;
            var value = map[name];
            map[name] = null;
            map[name] = Varied(value?.DeepClone(), schema["properties"]?[name] as JsonObject ?? [], random, chance);
            return map;
        }
        if (node is JsonArray { Count: > 0 } list)
        {
            var index = random.Next(list.Count);
            list[index] = Varied(list[index]?.DeepClone(), schema["items"] as JsonObject ?? [], random, chance);
            return list;
        }
        return Anything(random);
    }

    private JsonObject Resolved(JsonObject schema) => schema["$ref"] is { } reference ? document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject() : schema;

    private static JsonNode? Anything(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-5, 5)),
        2 => JsonValue.Create(long.MaxValue),
        3 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-300, 300))),
        4 => JsonValue.Create(random.Next(2) == 0),
        5 => new JsonArray(),
        6 => new JsonObject(),
        7 => new JsonArray(JsonValue.Create(1), null, new JsonObject { ["a"] = new JsonArray() }),
        8 => new JsonObject { ["a"] = JsonValue.Create("b"), [""] = null },
        _ => JsonValue.Create(Wellformed(HostileText.Any(random))),
    };

    // The writer takes no lone surrogate; those go by other ways.
    private static string Wellformed(string text) => text.Any(char.IsSurrogate) ? new string([.. text.Where(c => !char.IsSurrogate(c))]) : text;

    private static byte[] Bytes(JsonNode? node) => Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");

    private static byte[] Broken(byte[] bytes, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1:
                return [.. bytes, .. bytes];
            case 2:
                return [];
            case 3:
                return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5_000)));
            case 4:
                return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes));
            case 5:
                return Encoding.UTF8.GetBytes($"{{\"name\":\"\\uD800\",\"name\":{(random.Next(2) == 0 ? "1e400" : JsonSerializer.Serialize("x"))}}}");
            case 6:
                var noise = new byte[random.Next(1, 400)];
                random.NextBytes(noise);
                return noise;
            default:
                for (var flips = random.Next(1, 5); flips > 0 && bytes.Length > 0; flips--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
