using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProspectOps.Platform.Json;

/// <summary>How JSON looks on the wire and in storage: camelCase, nulls left out, text as it is.</summary>
public static class JsonDefaults
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>A time as it stands in JSON, for what is no JSON.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(UtcTimeConverter.Format, CultureInfo.InvariantCulture);

    /// <summary>Sets <paramref name="options"/> the same way, for the serializers that others own.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Answers are application/json, never inlined in a page: names keep their accents.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.RespectNullableAnnotations = true;
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
