using System.Collections.Frozen;

namespace ProspectOps.Prospects;

/// <summary>Knows countries by code and by name in English, German, French and Spanish (Data/countries.txt).</summary>
public static class CountryCode
{
    private static readonly FrozenDictionary<string, string> ByName = Load();

    /// <summary>The ISO 3166 alpha-2 code in upper case; null for what is not known.</summary>
    public static string? Find(string? country) => ByName.GetValueOrDefault(FoldedText.Compact(country));

    private static FrozenDictionary<string, string> Load()
    {
        using var resource = typeof(CountryCode).Assembly.GetManifestResourceStream("countries.txt")
            ?? throw new InvalidOperationException("countries.txt is not embedded.");
        using var reader = new StreamReader(resource);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var names = line.Split('|');
            foreach (var name in names)
                codes.TryAdd(FoldedText.Compact(name), names[0]);
        }
        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
