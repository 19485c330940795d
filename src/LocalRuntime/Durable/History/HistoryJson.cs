using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProspectOps.LocalRuntime.Durable.History;

/// <summary>History events to text and back. Events stand one after the other with commas between, so that appending is concatenation.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(List<HistoryEvent>))]
[JsonSerializable(typeof(FailureRecord))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    // Nothing of this is ever put into HTML, and payloads are JSON in JSON: the relaxed encoder halves their quotes.
    private static readonly HistoryJson Relaxed = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(HistoryEvent value) => JsonSerializer.Serialize(value, Relaxed.HistoryEvent);

    /// <param name="text">Any number of events with commas between.</param>
    public static List<HistoryEvent> ReadMany(string text) =>
        text.Length == 0 ? [] : JsonSerializer.Deserialize($"[{text}]", Relaxed.ListHistoryEvent) ?? [];

    public static string? WriteFailure(FailureRecord? failure) =>
        failure is null ? null : JsonSerializer.Serialize(failure, Relaxed.FailureRecord);

    public static FailureRecord? ReadFailure(string? text) => text is null ? null : JsonSerializer.Deserialize(text, Relaxed.FailureRecord);

    public static string? WriteTags(IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? null : JsonSerializer.Serialize(tags, Relaxed.IReadOnlyDictionaryStringString);

    public static IReadOnlyDictionary<string, string> ReadTags(string? text) =>
        text is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize(text, Relaxed.DictionaryStringString) ?? [];
}
