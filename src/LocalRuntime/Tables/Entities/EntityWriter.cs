using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Writes entities as JSON with Edm annotations, and holds them to the service's limits as it goes.</summary>
/// <remarks>One for a request: a transaction writes all its entities through one.</remarks>
internal sealed class EntityWriter : IDisposable
{
    private const string AnnotationSuffix = "@odata.type";

    private static readonly JsonEncodedText PartitionKey = JsonEncodedText.Encode("PartitionKey");
    private static readonly JsonEncodedText RowKey = JsonEncodedText.Encode("RowKey");
    private static readonly JsonEncodedText EdmInt64 = JsonEncodedText.Encode("Edm.Int64");
    private static readonly JsonEncodedText EdmDouble = JsonEncodedText.Encode("Edm.Double");
    private static readonly JsonEncodedText EdmGuid = JsonEncodedText.Encode("Edm.Guid");
    private static readonly JsonEncodedText EdmDateTime = JsonEncodedText.Encode("Edm.DateTime");
    private static readonly JsonEncodedText EdmBinary = JsonEncodedText.Encode("Edm.Binary");

    private readonly Utf8JsonWriter _json;
    private int _properties;
    private long _bytes;

    public EntityWriter(IBufferWriter<byte> output) =>
        _json = new(output, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Dispose() => _json.Dispose();

    /// <exception cref="RequestFailedException">The entity breaks a limit of the service; nothing has been sent.</exception>
    /// <exception cref="NotSupportedException">A value has a type that the service does not know.</exception>
    public void Write(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity.PartitionKey, nameof(ITableEntity.PartitionKey));
        ArgumentNullException.ThrowIfNull(entity.RowKey, nameof(ITableEntity.RowKey));
        TableLimits.CheckKey(entity.PartitionKey, "PartitionKey");
        TableLimits.CheckKey(entity.RowKey, "RowKey");
        _properties = 0;
        _bytes = 4 + 2L * (entity.PartitionKey.Length + entity.RowKey.Length);

        _json.Reset();
        _json.WriteStartObject();
        _json.WritePropertyName(PartitionKey);
        WriteText(entity.PartitionKey);
        _json.WritePropertyName(RowKey);
        WriteText(entity.RowKey);
        switch (entity)
        {
            case TableEntity dictionary:
                foreach (var (name, value) in dictionary.Properties)
                    WriteEntry(name, value);
                break;
            case IDictionary<string, object?> dictionary:
                foreach (var (name, value) in dictionary)
                    WriteEntry(name, value);
                break;
            default:
                foreach (var property in EntityShape.Of(entity.GetType()).Written)
                    WriteProperty(property.Name, property.Get(entity));
                break;
        }
        _json.WriteEndObject();
        _json.Flush();
        TableLimits.CheckEntity(_properties, _bytes);
    }

    private void WriteEntry(string name, object? value)
    {
        if (name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.StartsWith("odata.", StringComparison.Ordinal))
            WriteProperty(name, value);
    }

    private void WriteProperty(string name, object? value)
    {
        if (value is null)
            return;
        TableLimits.CheckName(name);
        _properties++;
        // As the service counts: 8 bytes a property, its name in UTF-16, and the value.
        _bytes += 8 + 2L * name.Length + WriteValue(name, value);
    }

    /// <returns>The value's size in bytes as the service counts it.</returns>
    private int WriteValue(string name, object value)
    {
        switch (value)
        {
            case string text:
                TableLimits.CheckText(text, name);
                _json.WritePropertyName(name);
                WriteText(text);
                return 4 + 2 * text.Length;
            case int number:
                _json.WriteNumber(name, number);
                return 4;
            case bool flag:
                _json.WriteBoolean(name, flag);
                return 1;
            case long number:
                Annotate(name, EdmInt64);
                WriteInt64(name, number);
                return 8;
            case double number:
                Annotate(name, EdmDouble);
                WriteDouble(name, number);
                return 8;
            case DateTimeOffset time:
                return WriteTime(name, time.UtcDateTime);
            case DateTime { Kind: DateTimeKind.Utc } time:
                return WriteTime(name, time);
            case Guid id:
                Annotate(name, EdmGuid);
                _json.WriteString(name, id);
                return 16;
            case byte[] bytes:
                return WriteBinary(name, bytes);
            case BinaryData bytes:
                return WriteBinary(name, bytes.ToMemory().Span);
            default:
                throw Unsupported(name, value);
        }
    }

    private void Annotate(string name, JsonEncodedText type)
    {
        Span<char> annotation = stackalloc char[TableLimits.NameCharacters + AnnotationSuffix.Length];
        name.CopyTo(annotation);
        AnnotationSuffix.CopyTo(annotation[name.Length..]);
        _json.WriteString(annotation[..(name.Length + AnnotationSuffix.Length)], type);
    }

    /// <remarks>
    /// Beyond ASCII all is escaped: the emulator decodes a body chunk by chunk, so that a character of several bytes that straddles two
    /// chunks would arrive broken. ASCII keeps its quotes short, which JSON inside a property is full of.
    /// </remarks>
    private void WriteText(string text)
    {
        if (Ascii.IsValid(text))
            _json.WriteStringValue(text);
        else
            _json.WriteStringValue(JsonEncodedText.Encode(text, JavaScriptEncoder.Default));
    }

    private void WriteInt64(string name, long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _json.WriteString(name, digits[..length]);
    }

    /// <remarks>The emulator has taken a number without point or exponent for an int, whatever its annotation said (Azurite issue 1796).</remarks>
    private void WriteDouble(string name, double number)
    {
        if (!double.IsFinite(number))
        {
            _json.WriteString(name, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            return;
        }
        Span<byte> digits = stackalloc byte[34];
        number.TryFormat(digits, out var length, "R", CultureInfo.InvariantCulture);
        if (!digits[..length].ContainsAny("."u8[0], "E"u8[0]))
        {
            ".0"u8.CopyTo(digits[length..]);
            length += 2;
        }
        _json.WritePropertyName(name);
        _json.WriteRawValue(digits[..length], skipInputValidation: true);
    }

    private int WriteTime(string name, DateTime utc)
    {
        TableLimits.CheckDate(utc, name);
        Annotate(name, EdmDateTime);
        Span<char> text = stackalloc char[32];
        utc.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        _json.WriteString(name, text[..length]);
        return 8;
    }

    private int WriteBinary(string name, ReadOnlySpan<byte> bytes)
    {
        TableLimits.CheckBytes(bytes.Length, name);
        Annotate(name, EdmBinary);
        _json.WriteBase64String(name, bytes);
        return 4 + bytes.Length;
    }

    private static NotSupportedException Unsupported(string name, object value) => new(value switch
    {
        decimal => $"'{name}' is a decimal, which the service would round and the client read back as 0: store minor units as a long, or a string.",
        DateTime => $"'{name}' is a DateTime that is not UTC: use a DateTimeOffset.",
        Enum => $"'{name}' is an enum in a dictionary: store its name.",
        _ => $"'{name}' is a {value.GetType()}, which the service has no type for.",
    });
}
