using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;

namespace ProspectOps.Functions.Platform;

/// <summary>Holds JSON against the type that it is to become, and says all that does not fit: unknown fields and values of the wrong kind, by their path.</summary>
internal static class JsonShape
{
    private const int MostErrors = 50;
    private const int MostShown = 40;

    public static void Check(JsonElement element, Type type, FieldErrors errors)
    {
        var budget = MostErrors;
        try
        {
            Check(element, type, "", errors, ref budget);
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 stands for half a character.
            errors.Add("", "a field's name is no text");
        }
    }

    private static void Check(JsonElement element, Type type, string path, FieldErrors errors, ref int budget)
    {
        if (budget <= 0 || element.ValueKind == JsonValueKind.Null)
            return;
        var info = JsonDefaults.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CheckObject(element, info, path, errors, ref budget);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Null && info.ElementType != typeof(JsonElement))
                        Add(errors, $"{path}[{index}]", "must not be null", ref budget);
                    Check(item, info.ElementType!, $"{path}[{index++}]", errors, ref budget);
                }
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Check(property.Value, info.ElementType!, $"{path}.{property.Name}", errors, ref budget);
                break;
            case JsonTypeInfoKind.Object:
            case JsonTypeInfoKind.Dictionary:
                Add(errors, path, $"must be an object; was {Shown(element)}", ref budget);
                break;
            case JsonTypeInfoKind.Enumerable:
                Add(errors, path, $"must be a list; was {Shown(element)}", ref budget);
                break;
            default:
                if (!Fits(element, info.Type))
                    Add(errors, path, $"must be {Described(info.Type)}; was {Shown(element)}", ref budget);
                break;
        }
    }

    private static void CheckObject(JsonElement element, JsonTypeInfo info, string path, FieldErrors errors, ref int budget)
    {
        // A lone field cannot be given twice.
        var seen = element.GetPropertyCount() > 1 ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : null;
        foreach (var given in element.EnumerateObject())
        {
            var name = given.Name;
            var field = path.Length == 0 ? name : $"{path}.{name}";
            var known = Find(info, name);
            if (seen?.Add(name) is false)
                Add(errors, field, "is given twice", ref budget);
            else if (known is null)
                Add(errors, field, $"is not a known field; known are {string.Join(", ", info.Properties.Select(property => property.Name))}", ref budget);
            else if (given.Value.ValueKind == JsonValueKind.Null && !known.IsSetNullable)
                Add(errors, field, "must not be null", ref budget);
            else
                Check(given.Value, known.PropertyType, field, errors, ref budget);
        }
        foreach (var needed in info.Properties)
        {
            // The serializer would make it null, or 0.
            if (needed.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } && !IsGiven(element, needed.Name))
                Add(errors, path.Length == 0 ? needed.Name : $"{path}.{needed.Name}", "must be given", ref budget);
        }
    }

    private static bool IsGiven(JsonElement element, string name)
    {
        foreach (var given in element.EnumerateObject())
        {
            if (string.Equals(given.Name, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo info, string name)
    {
        foreach (var property in info.Properties)
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property;
        }
        return null;
    }

    private static bool Fits(JsonElement element, Type type)
    {
        // What needs no converter to be known.
        if (type == typeof(bool))
            return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (type == typeof(string) && element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            element.Deserialize(type, JsonDefaults.Options);
            // The converter reads "1" and "-1" as numbers of a value; only names are names.
            return !type.IsEnum || (element.ValueKind == JsonValueKind.String && element.GetString() is [var first, ..] && char.IsAsciiLetter(first));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Described(Type type) => type switch
    {
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, JsonDefaults.Options)))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(decimal) || type == typeof(double) => "a number",
        _ when type == typeof(DateTimeOffset) => "a time such as 2026-01-31T09:00:00Z",
        _ => "of another kind",
    };

    private static string Shown(JsonElement element)
    {
        var text = element.ValueKind is JsonValueKind.Object ? "an object" : element.ValueKind is JsonValueKind.Array ? "a list" : element.GetRawText();
        return text.Length <= MostShown ? text : $"{text[..MostShown]}…";
    }

    private static void Add(FieldErrors errors, string field, string message, ref int budget)
    {
        errors.Add(field, message);
        budget--;
    }
}
