namespace ProspectOps.Platform.Storage;

/// <summary>A row: its key, its values, and the version that it was read at.</summary>
/// <remarks>Values are string, int, long, double, bool, DateTimeOffset or byte[]; text up to 32,768 characters, bytes up to 64 KiB.</remarks>
public sealed class TableRow(string partition, string row)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public string Partition { get; } = partition;

    public string Row { get; } = row;

    /// <summary>What the store calls this state of the row; null for one that was never read.</summary>
    public string? Version { get; set; }

    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>Null reads as missing, and setting null removes.</summary>
    public object? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set
        {
            if (value is null)
                _values.Remove(name);
            else
                _values[name] = value;
        }
    }

    public string? Text(string name) => this[name] as string;

    public byte[]? Bytes(string name) => this[name] as byte[];

    public DateTimeOffset? Time(string name) => this[name] as DateTimeOffset?;

    public bool Flag(string name) => this[name] is true;

    public long Number(string name) => this[name] switch
    {
        long value => value,
        int value => value,
        null => 0,
        var other => throw new InvalidOperationException($"{name} holds {other.GetType().Name}, not a number."),
    };
}
