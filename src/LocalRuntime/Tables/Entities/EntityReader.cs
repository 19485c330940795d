using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Reads entities of one response from its bytes.</summary>
/// <remarks>Rows of a page have the same names in the same order, mostly: each name becomes a string once, and is then compared in place.</remarks>
internal ref struct EntityReader<T> where T : class, ITableEntity
{
    private const string AnnotationSuffix = "@odata.type";

    private readonly List<string> _names = [];
    private Utf8JsonReader _json;
    private int _count;

    private EntityReader(ReadOnlySpan<byte> body) => _json = new(body);

    /// <summary>The entity that is the whole body.</summary>
    public static T One(ReadOnlySpan<byte> body)
    {
        var reader = new EntityReader<T>(body);
        reader._json.Read();
        return reader.Entity();
    }

    /// <summary>The entities in the array <c>value</c>.</summary>
    public static List<T> Page(ReadOnlySpan<byte> body)
    {
        var reader = new EntityReader<T>(body);
        var page = new List<T>();
        reader._json.Read();
        while (reader._json.Read() && reader._json.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader._json.ValueTextEquals("value"u8);
            reader._json.Read();
            if (!isValue)
            {
                reader._json.Skip();
                continue;
            }
            while (reader._json.Read() && reader._json.TokenType == JsonTokenType.StartObject)
                page.Add(reader.Entity());
        }
        return page;
    }

    private T Entity()
    {
        var entity = EntityActivator<T>.Create(_count);
        var shape = EntityActivator<T>.Shape;
        string? type = null;
        var position = 0;
        for (; _json.Read() && _json.TokenType == JsonTokenType.PropertyName; position++)
        {
            var name = Name(position);
            _json.Read();
            // The annotation stands right before what it annotates.
            if (name.EndsWith(AnnotationSuffix, StringComparison.Ordinal))
            {
                type = _json.ValueTextEquals("Edm.String"u8) ? null : EdmTypeName();
                continue;
            }
            if (name is "odata.metadata")
                _json.Skip();
            else if (shape is null)
                Fill((TableEntity)(ITableEntity)entity, name, Value(name, type));
            else
                Fill(entity, shape, name, Value(name, type));
            type = null;
        }
        _count = position;
        return entity;
    }

    private static void Fill(TableEntity entity, string name, object? value)
    {
        if (value is not null)
            entity.Properties[name] = value;
    }

    private static void Fill(T entity, EntityShape shape, string name, object? value)
    {
        switch (name)
        {
            case "PartitionKey":
                entity.PartitionKey = (string)value!;
                break;
            case "RowKey":
                entity.RowKey = (string)value!;
                break;
            case "Timestamp":
                entity.Timestamp = (DateTimeOffset?)value;
                break;
            case "odata.etag":
                entity.ETag = new ETag((string)value!);
                break;
            default:
                if (shape.ByName.TryGetValue(name, out var property))
                    property.Set(entity, value);
                break;
        }
    }

    private string Name(int position)
    {
        if (position < _names.Count)
            return _json.ValueTextEquals(_names[position]) ? _names[position] : _names[position] = _json.GetString()!;
        _names.Add(_json.GetString()!);
        return _names[position];
    }

    private readonly string EdmTypeName() =>
        _json.ValueTextEquals("Edm.Int64"u8) ? "Edm.Int64"
        : _json.ValueTextEquals("Edm.DateTime"u8) ? "Edm.DateTime"
        : _json.GetString()!;

    private object? Value(string name, string? type) => _json.TokenType switch
    {
        JsonTokenType.String => Text(name, type),
        JsonTokenType.Number => Number(type),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw new NotSupportedException($"'{name}' is neither text, number nor Boolean."),
    };

    private readonly object Text(string name, string? type) => type switch
    {
        // The timestamp alone is a time without an annotation.
        null => name == "Timestamp" ? Time() : _json.GetString()!,
        "Edm.Int64" => long.Parse(_json.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "Edm.DateTime" => Time(),
        "Edm.Guid" => _json.TryGetGuid(out var id) ? id : Guid.Parse(_json.GetString()!),
        "Edm.Binary" => _json.GetBytesFromBase64(),
        "Edm.Double" => double.Parse(_json.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"'{name}' has the unknown type {type}."),
    };

    private readonly object Number(string? type)
    {
        if (type is null or "Edm.Int32" && _json.TryGetInt32(out var number))
            return number;
        return type == "Edm.Int64" ? _json.GetInt64() : _json.GetDouble();
    }

    private readonly DateTimeOffset Time() => _json.TryGetDateTimeOffset(out var time)
        ? time
        : DateTimeOffset.Parse(_json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
