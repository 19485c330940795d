using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace ProspectOps.Research;

/// <summary>Every industry pack: those inside this assembly and those of <see cref="ResearchOptions.PacksFolder"/>.</summary>
/// <remarks>Read and checked once, at first use; a file that changes later is seen after a restart. Safe for any number of threads.</remarks>
public sealed class PackLibrary
{
    // Set in Research/Packs.targets.
    private const string ResourcePrefix = "packs/";

    // A pack that a person writes has 20 KB; a bigger file was put there by mistake.
    private const int LargestFile = 1024 * 1024;

    private readonly Lazy<Loaded> _packs;

    public PackLibrary(IOptions<ResearchOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _packs = new Lazy<Loaded>(() => Load(options.Value));
    }

    /// <summary>All packs, by id.</summary>
    /// <exception cref="InvalidPacksException">Any of them is wrong.</exception>
    public IReadOnlyList<IndustryPack> All => _packs.Value.InOrder;

    /// <summary>The pack of an industry, <see langword="null"/> if there is none. Case does not count.</summary>
    /// <exception cref="InvalidPacksException">Any pack is wrong.</exception>
    public IndustryPack? Find(string id) => _packs.Value.ById.GetValueOrDefault(id);

    private static Loaded Load(ResearchOptions options)
    {
        var packs = new Dictionary<string, IndustryPack>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<PackFault>();
        foreach (var (name, json) in Shipped())
            Add(name, json);
        if (!string.IsNullOrWhiteSpace(options.PacksFolder))
        {
            foreach (var file in FilesIn(options.PacksFolder, faults))
                Add(Path.GetFileName(file), File.ReadAllBytes(file));
        }
        if (faults.Count > 0)
            throw new InvalidPacksException(faults);
        return new Loaded(
            [.. packs.Values.OrderBy(pack => pack.Id, StringComparer.Ordinal)],
            packs.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

        void Add(string name, byte[] json)
        {
            var (pack, found) = PackFile.Read(name, json);
            faults.AddRange(found);
            if (pack is not null)
                packs[pack.Id] = pack;
        }
    }

    private static IEnumerable<(string Name, byte[] Json)> Shipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(IsPack).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            yield return (resource[ResourcePrefix.Length..], json);
        }
    }

    private static List<string> FilesIn(string folder, List<PackFault> faults)
    {
        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path))
        {
            faults.Add(new(folder, "Research:PacksFolder", "There is no such folder: create it, or take the setting away."));
            return [];
        }
        var files = new List<string>();
        foreach (var file in Directory.EnumerateFiles(path, "*.json").Where(file => !IsSchema(file)).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(file).Length <= LargestFile)
                files.Add(file);
            else
                faults.Add(new(Path.GetFileName(file), "$", "The file is larger than 1 MiB, which no pack is."));
        }
        return files;
    }

    private static bool IsPack(string resource) => resource.StartsWith(ResourcePrefix, StringComparison.Ordinal);

    // People copy the schema beside their packs, so that their editor helps them.
    private static bool IsSchema(string file) => file.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase);

    private sealed record Loaded(IReadOnlyList<IndustryPack> InOrder, FrozenDictionary<string, IndustryPack> ById);
}
