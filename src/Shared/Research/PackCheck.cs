using System.Text.RegularExpressions;
using ProspectOps.Platform.Text;

namespace ProspectOps.Research;

/// <summary>What a schema cannot say: that ids are unique, references lead somewhere, and phrases fit into the sentences that they go into.</summary>
internal sealed partial class PackCheck(string file, IndustryPack pack)
{
    private readonly List<PackFault> _faults = [];

    /// <returns>Every fault, from the top of the file to its end.</returns>
    public IReadOnlyList<PackFault> Run()
    {
        Id("$.id", pack.Id);
        if (pack.Id != Path.GetFileNameWithoutExtension(file))
            Fault("$.id", $"The id is \"{pack.Id}\", the file is \"{file}\": they must be the same.");
        if (pack.Notes is not null)
            Fault("$.notes", "Notes belong to whoever asks for research; a file has none.");
        Text("$.name", pack.Name);
        Sentence("$.summary", pack.Summary);
        Phrase("$.audience", pack.Audience);
        Personas();
        Pains();
        Triggers();
        Words("$.vocabulary", pack.Vocabulary);
        Each("$.objections", pack.Objections, objection => objection.Id, (path, objection) =>
        {
            Sentence($"{path}.text", objection.Text);
            Sentence($"{path}.answer", objection.Answer);
        });
        Each("$.valuePropositions", pack.ValuePropositions, value => value.Id, (path, value) =>
        {
            Sentence($"{path}.text", value.Text);
            Phrase($"{path}.phrase", value.Phrase);
            References($"{path}.pains", value.Pains, pack.Pains.Select(pain => pain.Id), "pain");
        });
        Each("$.compliance", pack.Compliance, note => note.Id, (path, note) =>
        {
            Regions($"{path}.region", note.Region);
            Sentence($"{path}.text", note.Text);
        });
        _faults.AddRange(new RubricCheck(file, pack).Run());
        return _faults;
    }

    private void Personas()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        Each("$.personas", pack.Personas, persona => persona.Id, (path, persona) =>
        {
            Text($"{path}.name", persona.Name);
            Phrase($"{path}.focus", persona.Focus);
            SearchWords($"{path}.titleWords", persona.TitleWords, owners, persona.Id);
            Words($"{path}.words", persona.Words);
            References($"{path}.pains", persona.Pains, pack.Pains.Select(pain => pain.Id), "pain");
        });
    }

    private void Pains() => Each("$.pains", pack.Pains, pain => pain.Id, (path, pain) =>
    {
        Sentence($"{path}.text", pain.Text);
        Phrase($"{path}.phrase", pain.Phrase);
    });

    private void Triggers()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        Each("$.triggers", pack.Triggers, trigger => trigger.Id, (path, trigger) =>
        {
            Sentence($"{path}.text", trigger.Text);
            Phrase($"{path}.phrase", trigger.Phrase);
            SearchWords($"{path}.keywords", trigger.Keywords, owners, trigger.Id);
        });
    }

    private void Each<T>(string path, IReadOnlyList<T> items, Func<T, string> id, Action<string, T> check)
    {
        if (items.Count == 0)
            Fault(path, "It must hold at least one.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var item = $"{path}[{i}]";
            Id($"{item}.id", id(items[i]));
            if (!seen.Add(id(items[i])))
                Fault($"{item}.id", $"\"{id(items[i])}\" stands here twice: an id is unique in its list.");
            check(item, items[i]);
        }
    }

    private void Id(string path, string id)
    {
        if (!IdPattern().IsMatch(id))
            Fault(path, $"\"{id}\" is not an id: lower-case letters and digits, in words joined by hyphens, 64 characters at most.");
    }

    private bool Text(string path, string text)
    {
        var fit = !string.IsNullOrWhiteSpace(text) && text.Trim() == text && !text.Any(char.IsControl);
        if (!fit)
            Fault(path, "It must be text of one line, not empty, without spaces at its ends.");
        return fit;
    }

    private void Sentence(string path, string text)
    {
        if (Text(path, text) && text[^1] is not ('.' or '?' or '!'))
            Fault(path, "It is a whole sentence, so it must end with a full stop.");
    }

    // A phrase is put inside a sentence: it has neither a capital at its front, unless an acronym's, nor a stop at its end.
    private void Phrase(string path, string text)
    {
        if (!Text(path, text))
            return;
        if (text[^1] is '.' or '!' or '?' or ',' or ';' or ':')
            Fault(path, "It is a phrase inside a sentence, so it must not end with a stop.");
        var first = text.Split(' ', 2)[0];
        if (char.IsUpper(first[0]) && !first.Skip(1).Any(c => char.IsUpper(c) || char.IsDigit(c)))
            Fault(path, $"It is a phrase inside a sentence, so \"{first}\" must start lower case, unless it is an acronym.");
    }

    private void Words(string path, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            Fault(path, "It must hold at least one.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < words.Count; i++)
        {
            if (Text($"{path}[{i}]", words[i]) && !seen.Add(words[i]))
                Fault($"{path}[{i}]", $"\"{words[i]}\" stands here twice.");
        }
    }

    // Words that are looked for: the same one at two owners would make the outcome a matter of order.
    private void SearchWords(string path, IReadOnlyList<string> words, Dictionary<string, string> owners, string owner)
    {
        if (words.Count == 0)
            Fault(path, "It must hold at least one.");
        for (var i = 0; i < words.Count; i++)
        {
            var item = $"{path}[{i}]";
            if (!Text(item, words[i]))
                continue;
            if (words[i].Any(char.IsUpper))
                Fault(item, $"\"{words[i]}\" must be lower case.");
            var found = FoldedWords.Words(words[i], words[i].Length);
            var key = string.Join(' ', found.Select(word => word.Text));
            if (found.Count == 0)
                Fault(item, $"\"{words[i]}\" holds neither letter nor digit, so it is never found.");
            else if (found[^1].Clause != found[0].Clause)
                Fault(item, $"\"{words[i]}\" has a stop inside, so it is never found: phrases end at commas and the like.");
            else if (!owners.TryAdd(key, owner))
                Fault(item, $"\"{words[i]}\" belongs to \"{owners[key]}\" already (accents, case and punctuation do not count).");
        }
    }

    private void References(string path, IReadOnlyList<string> ids, IEnumerable<string> known, string kind)
    {
        if (ids.Count == 0)
            Fault(path, $"It must name at least one {kind}.");
        var existing = known.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
        {
            if (!existing.Contains(ids[i]))
                Fault($"{path}[{i}]", $"There is no {kind} \"{ids[i]}\" in this pack.");
            if (!seen.Add(ids[i]))
                Fault($"{path}[{i}]", $"\"{ids[i]}\" stands here twice.");
        }
    }

    private void Regions(string path, IReadOnlyList<string> regions)
    {
        if (regions.Count == 0)
            Fault(path, "It must name a country's code, EU or *.");
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions[i] is not ("EU" or "*") && !CountryCodes.IsCode(regions[i]))
                Fault($"{path}[{i}]", $"\"{regions[i]}\" is no ISO 3166 alpha-2 code, EU or * (the United Kingdom is GB).");
        }
    }

    private void Fault(string path, string message) => _faults.Add(new PackFault(file, path, message));

    [GeneratedRegex("^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
