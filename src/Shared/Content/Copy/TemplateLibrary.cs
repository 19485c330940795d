using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using HandlebarsDotNet;

namespace ProspectOps.Content.Copy;

/// <summary>The templates that ship inside the assembly, compiled when first used. Safe for any number of threads.</summary>
/// <remarks>
/// A tone's templates are those in <c>{channel}/{tone}</c> and those in <c>{channel}/shared</c>; a file that begins with an
/// underscore is a partial, and the tone's own wins over the shared one.
/// </remarks>
internal sealed class TemplateLibrary
{
    private const string Root = "Content/Templates/";

    private readonly ConcurrentDictionary<(string Channel, Tone Tone), Lazy<Shelf>> _shelves = new();
    private readonly FrozenDictionary<string, string> _sources;
    private readonly Contractions _contractions;

    public TemplateLibrary()
    {
        var assembly = typeof(TemplateLibrary).Assembly;
        _sources = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Root.Length..], name => Read(assembly, name), StringComparer.Ordinal);
        _contractions = Contractions.Load();
    }

    /// <summary>Every template's name and text, for tests that read them all.</summary>
    public IReadOnlyDictionary<string, string> Sources => _sources;

    /// <summary>The variants of a step, in a fixed order.</summary>
    /// <exception cref="InvalidOperationException">There is none: the assembly was built without its templates.</exception>
    public IReadOnlyList<CopyTemplate> Variants(string channel, Tone tone, string step)
    {
        var shelf = _shelves.GetOrAdd((channel, tone), key => new(() => new Shelf(this, key.Channel, key.Tone))).Value;
        return shelf.Variants(step);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>One channel in one tone.</summary>
    private sealed class Shelf
    {
        private readonly TemplateLibrary _library;
        private readonly IHandlebars _handlebars;
        private readonly Tone _tone;
        private readonly Lock _compiling = new();
        private readonly FrozenDictionary<string, CopyTemplate[]> _steps;

        public Shelf(TemplateLibrary library, string channel, Tone tone)
        {
            _library = library;
            _tone = tone;
            _handlebars = Handlebars.Create(new HandlebarsConfiguration
            {
                // Plain text: nothing is escaped, and data is cleaned before it comes here.
                NoEscape = true,
                ThrowOnUnresolvedBindingExpression = true,
                FormatProvider = System.Globalization.CultureInfo.InvariantCulture,
                ObjectDescriptorProviders = { new FactDescriptors() },
            });
            new CopyTags().Register(_handlebars);
            string[] folders = [$"{channel}/shared/", $"{channel}/{tone.ToString().ToLowerInvariant()}/"];
            foreach (var folder in folders)
            {
                foreach (var (name, source) in InFolder(folder).Where(file => file.Name.StartsWith('_')))
                    _handlebars.RegisterTemplate(name[1..], Compile(source));
            }

            _steps = folders.SelectMany(InFolder)
                .Where(file => !file.Name.StartsWith('_'))
                .GroupBy(file => StepOf(file.Name), StringComparer.Ordinal)
                .ToFrozenDictionary(
                    step => step.Key,
                    step => step.Select(file => new CopyTemplate(file.Name, new(() => Compile(file.Source)))).ToArray(),
                    StringComparer.Ordinal);
        }

        public CopyTemplate[] Variants(string step) =>
            _steps.TryGetValue(step, out var variants) ? variants : throw new InvalidOperationException($"No template for {step} is part of this build.");

        private IEnumerable<(string Name, string Source)> InFolder(string folder) => _library._sources
            .Where(source => source.Key.StartsWith(folder, StringComparison.Ordinal))
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => (Path.GetFileNameWithoutExtension(source.Key), source.Value));

        private HandlebarsTemplate<TextWriter, object, object> Compile(string source)
        {
            var text = _tone == Tone.Friendly ? _library._contractions.Apply(source) : source;
            using var reader = new StringReader(text);
            // Handlebars shares its tables between compilations of one environment.
            lock (_compiling)
                return _handlebars.Compile(reader);
        }

        /// <summary>"step-01-a" and "step-01-b" are variants of "step-01"; "connect-a" of "connect".</summary>
        private static string StepOf(string name) => name[..name.LastIndexOf('-')];
    }
}
