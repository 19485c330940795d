using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProspectOps.Cli.Api;

/// <summary>Reads JSON without insisting: what is missing is empty, so that an older or newer server can be shown too.</summary>
internal static class JsonReading
{
    // What a terminal or jq reads is no HTML: names keep their letters.
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    public static string Text(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static double Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;

    public static long Count(this JsonElement element, string name) => (long)element.Number(name);

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static string ToOneLine(this object value) => JsonSerializer.Serialize(value, OneLine);
}
