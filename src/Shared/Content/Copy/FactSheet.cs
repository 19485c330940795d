namespace ProspectOps.Content.Copy;

/// <summary>What is known when a message is written, each fact with the paths that it rests on. A fact that is missing is not in <see cref="Known"/>, so that no sentence can use it.</summary>
internal sealed class FactSheet
{
    private static readonly int Count = Enum.GetValues<Fact>().Length;

    private readonly string?[] _values;
    private readonly string[]?[] _sources;

    public FactSheet()
    {
        _values = new string?[Count];
        _sources = new string[]?[Count];
    }

    private FactSheet(FactSheet other)
    {
        _values = [.. other._values];
        _sources = [.. other._sources];
        Known = other.Known;
    }

    public FactSet Known { get; private set; }

    public string? this[Fact fact] => _values[(int)fact];

    public IReadOnlyList<string> Sources(Fact fact) => _sources[(int)fact] ?? [];

    public FactSheet Set(Fact fact, string? value, params string[] from)
    {
        _values[(int)fact] = value;
        _sources[(int)fact] = from;
        Known = string.IsNullOrEmpty(value) ? Known.Without(fact) : Known.With(fact);
        return this;
    }

    public FactSheet Copy() => new(this);
}
