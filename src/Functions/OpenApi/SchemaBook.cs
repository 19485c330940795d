using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.OpenApi;

/// <summary>JSON Schemas (draft 2020-12, as OpenAPI 3.1 has them) of the types that requests and answers are made of.</summary>
/// <remarks>
/// The exporter of System.Text.Json says what the serializer does with a type. What it cannot know is added: which fields are always
/// there, what limits the checks in code hold (by the annotations on the type), and a name for each object, so that it is described once.
/// </remarks>
internal sealed class SchemaBook
{
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>All that were referred to, by name.</summary>
    public JsonObject Components => new(_schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value.DeepClone())));

    /// <summary>A schema, or a reference to one of <see cref="Components"/>.</summary>
    public JsonNode Of(Type type, bool isInput) => IsNamed(TypeInfo(type)) ? Reference(type, isInput) : Export(type, isInput);

    private static JsonTypeInfo TypeInfo(Type type) => JsonDefaults.Options.GetTypeInfo(type);

    private static bool IsNamed(JsonTypeInfo type) => type.Kind == JsonTypeInfoKind.Object && type.Type != typeof(object);

    private JsonObject Reference(Type type, bool isInput)
    {
        var name = SchemaNames.Of(type, isInput);
        if (_types.TryAdd(name, type))
            _schemas[name] = Export(type, isInput);
        else if (_types[name] != type)
            throw new InvalidOperationException($"{type} and {_types[name]} are both called {name} in the API document.");
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Export(Type type, bool isInput) => JsonSchemaExporter.GetJsonSchemaAsNode(JsonDefaults.Options, type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Transform(context, schema, isInput),
    });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool isInput)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var nullable = context.PropertyInfo is { } property && MayBeNull(property, isInput);
        if (!context.Path.IsEmpty && IsNamed(TypeInfo(type)))
            return Annotated(nullable ? OrNull(Reference(type, isInput)) : Reference(type, isInput), context.PropertyInfo);

        var whole = schema as JsonObject ?? Unknown(type);
        Narrow(whole, nullable && !context.Path.IsEmpty);
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && type != typeof(object))
            Complete(whole, context.TypeInfo, isInput);
        return Annotated(whole, context.PropertyInfo);
    }

    // What our converters write; anything goes where a field is kept as it came.
    private static JsonObject Unknown(Type type) =>
        type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
        : typeof(JsonNode).IsAssignableFrom(type) || type == typeof(System.Text.Json.JsonElement) || type == typeof(object) ? []
        : new JsonObject { ["type"] = "string" };

    /// <summary>Nulls are left out of what is answered, so that only a field that asks for it may be null there.</summary>
    private static void Narrow(JsonObject schema, bool nullable)
    {
        if (schema["type"] is JsonArray types)
        {
            var kinds = types.Select(kind => (string)kind!).Where(kind => kind != "null").ToList();
            // The exporter says that a number may come as text as well, with a pattern; ours are strict.
            if (nullable)
                kinds.Add("null");
            schema["type"] = kinds.Count == 1 ? kinds[0] : new JsonArray([.. kinds.Select(kind => JsonValue.Create(kind))]);
        }
        else if (nullable && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray((string)type!, "null");
        }
        if ((string?)(schema["type"] as JsonValue) == "array")
            schema["items"] ??= new JsonObject();
        // An optional field is left out where there is nothing to say: null is no value of it.
        if (schema.TryGetPropertyValue("default", out var usual) && usual is null)
            schema.Remove("default");
        if (schema["enum"] is JsonArray values)
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null || nullable).Select(value => value?.DeepClone())]);
            schema["type"] ??= nullable ? new JsonArray("string", "null") : "string";
        }
    }

    private static void Complete(JsonObject schema, JsonTypeInfo type, bool isInput)
    {
        var needed = type.Properties
            .Where(property => isInput ? AttributesOf(property).OfType<RequiredAttribute>().Any() : property.Get is not null && (!property.IsGetNullable || IsAlwaysWritten(property)))
            .Select(property => JsonValue.Create(property.Name))
            .ToArray<JsonNode>();
        schema.Remove("required");
        if (needed.Length > 0)
            schema["required"] = new JsonArray(needed);
        if (isInput)
            schema["additionalProperties"] = false;
        if (type.Type.GetCustomAttribute<DescriptionAttribute>() is { } described)
            schema["description"] = described.Description;
    }

    private static JsonNode Annotated(JsonNode schema, JsonPropertyInfo? property)
    {
        if (property is null || schema is not JsonObject annotated)
            return schema;
        foreach (var attribute in AttributesOf(property))
        {
            switch (attribute)
            {
                case DescriptionAttribute described:
                    annotated["description"] = described.Description;
                    break;
                case RangeAttribute range:
                    annotated["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, System.Globalization.CultureInfo.InvariantCulture));
                    annotated["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case LengthAttribute length:
                    var counted = annotated["items"] is null ? "Length" : "Items";
                    annotated[$"min{counted}"] = length.MinimumLength;
                    annotated[$"max{counted}"] = length.MaximumLength;
                    break;
                case AllowedValuesAttribute allowed:
                    annotated["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create((string?)value))]);
                    break;
                case DefaultValueAttribute usual:
                    annotated["default"] = System.Text.Json.JsonSerializer.SerializeToNode(usual.Value, JsonDefaults.Options);
                    break;
                case UrlAttribute:
                    annotated["format"] = "uri";
                    break;
            }
        }
        return annotated;
    }

    private static bool MayBeNull(JsonPropertyInfo property, bool isInput) =>
        isInput ? property.IsSetNullable && !AttributesOf(property).OfType<RequiredAttribute>().Any() : property.IsGetNullable && IsAlwaysWritten(property);

    private static bool IsAlwaysWritten(JsonPropertyInfo property) => AttributesOf(property).OfType<JsonIgnoreAttribute>().Any(ignore => ignore.Condition == JsonIgnoreCondition.Never);

    private static object[] AttributesOf(JsonPropertyInfo property) =>
    [
        .. property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
        .. property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
    ];

    private static JsonObject OrNull(JsonNode schema) => new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
}
