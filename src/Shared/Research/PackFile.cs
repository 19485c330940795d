using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ProspectOps.Platform.Json;

namespace ProspectOps.Research;

/// <summary>Reads one pack from JSON, strictly: a misspelt field is a fault, not a default.</summary>
internal static class PackFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonDefaults.Options)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly JsonDocumentOptions Document = new() { AllowDuplicateProperties = false };

    /// <param name="name">The file's name with its extension, for the messages; without it, it is the pack's id.</param>
    /// <returns>The pack, or every fault that was found.</returns>
    public static (IndustryPack? Pack, IReadOnlyList<PackFault> Faults) Read(string name, ReadOnlySpan<byte> json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: Document);
        }
        catch (JsonException notJson)
        {
            return (null, [new(name, notJson.Path ?? $"line {notJson.LineNumber + 1}", $"This is not JSON: {notJson.Message}")]);
        }

        if (root is not JsonObject pack)
            return (null, [new(name, "$", "A pack is a JSON object.")]);
        pack.Remove("$schema");
        var nulls = Nulls(pack).Select(path => new PackFault(name, path, "It must not be null: leave it out or fill it in.")).ToList();
        if (nulls.Count > 0)
            return (null, nulls);

        try
        {
            var read = pack.Deserialize<IndustryPack>(Strict)!;
            var faults = new PackCheck(name, read).Run();
            return faults.Count == 0 ? (read, []) : (null, faults);
        }
        catch (JsonException misfit)
        {
            return (null, [new(name, misfit.Path ?? "$", FirstSentence(misfit.Message))]);
        }
    }

    // The serializer checks properties, but not the elements of lists.
    private static IEnumerable<string> Nulls(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Value is null ? [$"{fields.GetPath()}.{field.Key}"] : Nulls(field.Value)),
        JsonArray items => items.SelectMany((item, i) => item is null ? [$"{items.GetPath()}[{i}]"] : Nulls(item)),
        _ => [],
    };

    // Behind it the serializer repeats path and position in the bytes, which say nothing once "$schema" is gone.
    private static string FirstSentence(string message) =>
        message.IndexOf(" Path: ", StringComparison.Ordinal) is > 0 and var behind ? message[..behind] : message;
}
