using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

/// <summary>A row as a dictionary: names to values of the types string, int, long, double, bool, Guid, DateTimeOffset, byte[].</summary>
/// <remarks>The keys, the timestamp and the version are entries too. Names are case-sensitive. A null value is not sent.</remarks>
public sealed class TableEntity : ITableEntity, IDictionary<string, object?>
{
    private const string PartitionKeyName = "PartitionKey";
    private const string RowKeyName = "RowKey";
    private const string TimestampName = "Timestamp";
    private const string ETagName = "odata.etag";

    private readonly Dictionary<string, object?> _properties;

    /// <summary>A row without keys.</summary>
    public TableEntity() => _properties = [];

    /// <summary>A row without properties.</summary>
    public TableEntity(string partitionKey, string rowKey)
    {
        _properties = [];
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

#nullable disable annotations // The official package has no annotations: dictionaries of object and of object? are both welcome.
    /// <summary>A row with a copy of <paramref name="values"/>.</summary>
    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new(values);
#nullable restore annotations

    internal TableEntity(int capacity) => _properties = new(capacity);

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(PartitionKeyName)!;
        set => _properties[PartitionKeyName] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(RowKeyName)!;
        set => _properties[RowKeyName] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(TimestampName);
        set => _properties[TimestampName] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(ETagName) is { } text ? new ETag(text) : default;
        set => _properties[ETagName] = value.ToString();
    }

    /// <summary>How many entries there are: properties, keys, timestamp and version.</summary>
    public int Count => _properties.Count;

    /// <summary>The names of all entries.</summary>
    public ICollection<string> Keys => _properties.Keys;

    ICollection<object?> IDictionary<string, object?>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>The value under <paramref name="key"/>, null where there is none. An int put where a long or a double stands takes its type.</summary>
    public object? this[string key]
    {
        get => Find(key);
        set => _properties[key] = Coerce(key, value);
    }

    /// <summary>The text under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public string? GetString(string key) => Find(key) switch { null => null, string value => value, var other => throw Mismatch<string>(other) };

    /// <summary>The bytes under <paramref name="key"/>, null where there are none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public byte[]? GetBinary(string key) => Find(key) switch { null => null, byte[] value => value, var other => throw Mismatch<byte[]>(other) };

    /// <summary>The bytes under <paramref name="key"/>, null where there are none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public BinaryData? GetBinaryData(string key) => Find(key) switch
    {
        null => null,
        BinaryData value => value,
        byte[] value => new BinaryData(value),
        var other => throw Mismatch<BinaryData>(other),
    };

    /// <summary>The Boolean under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public bool? GetBoolean(string key) => Find(key) switch { null => null, bool value => value, var other => throw Mismatch<bool>(other) };

    /// <summary>The UTC time under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public DateTime? GetDateTime(string key) => Find(key) switch
    {
        null => null,
        DateTime value => value,
        DateTimeOffset value => value.UtcDateTime,
        var other => throw Mismatch<DateTime>(other),
    };

    /// <summary>The time under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public DateTimeOffset? GetDateTimeOffset(string key) => Find(key) switch
    {
        null => null,
        DateTimeOffset value => value,
        DateTime value => new DateTimeOffset(value),
        var other => throw Mismatch<DateTimeOffset>(other),
    };

    /// <summary>The double under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public double? GetDouble(string key) => Find(key) switch { null => null, double value => value, var other => throw Mismatch<double>(other) };

    /// <summary>The Guid under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public Guid? GetGuid(string key) => Find(key) switch { null => null, Guid value => value, var other => throw Mismatch<Guid>(other) };

    /// <summary>The int under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type, long included.</exception>
    public int? GetInt32(string key) => Find(key) switch { null => null, int value => value, var other => throw Mismatch<int>(other) };

    /// <summary>The long under <paramref name="key"/>, null where there is none.</summary>
    /// <exception cref="InvalidOperationException">The value has another type, int included.</exception>
    public long? GetInt64(string key) => Find(key) switch { null => null, long value => value, var other => throw Mismatch<long>(other) };

    /// <summary>Adds or replaces an entry: as the indexer does, so that a second one of a name does not throw.</summary>
    public void Add(string key, object? value) => this[key] = value;

    /// <summary>Whether there is an entry, be it null.</summary>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <summary>Removes an entry.</summary>
    public bool Remove(string key) => _properties.Remove(key);

    /// <summary>Finds an entry.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _properties.TryGetValue(key, out value);

    /// <summary>Removes all entries, the keys included.</summary>
    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => this[item.Key] = item.Value;

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    /// <summary>The entries, enumerated without an allocation.</summary>
    internal Dictionary<string, object?> Properties => _properties;

    private object? Find(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _properties.GetValueOrDefault(key);
    }

    private object? Coerce(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return value is int number
            ? _properties.GetValueOrDefault(key) switch { long => (long)number, double => (double)number, _ => value }
            : value;
    }

    private static InvalidOperationException Mismatch<T>(object value) =>
        new($"The property is a {value.GetType()}, not a {typeof(T)}.");
}
