using System.Text.RegularExpressions;
using ProspectOps.Testing;

namespace ProspectOps.Architecture.Tests;

public sealed partial class SourceFileTests
{
    private const int MostLines = 300;
    // A suite of cases over one subject reads better whole.
    private const int MostLinesOfTests = 330;

    private static readonly string[] BuiltFolders = [$"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"];

    [Fact]
    public void A_public_type_is_in_the_file_of_its_name() => Assert.Empty(
        Files("src").SelectMany(file => PublicType().Matches(File.ReadAllText(file))
            .Select(match => match.Groups["name"].Value)
            .Where(name => !IsFileOf(Path.GetFileNameWithoutExtension(file), name))
            .Select(name => $"{name} is in {Path.GetFileName(file)}")));

    [Fact]
    public void No_file_is_too_long_to_read() => Assert.Empty(
        Files("src").Concat(Files("bench")).Select(file => (file, Most: MostLines)).Concat(Files("tests").Select(file => (file, Most: MostLinesOfTests)))
            .Select(limit => (limit.file, limit.Most, Lines: File.ReadLines(limit.file).Count()))
            .Where(file => file.Lines > file.Most)
            .Select(file => $"{Path.GetFileName(file.file)} has {file.Lines} lines"));

    /// <summary>Parts of a class are in <c>Name.Part.cs</c>, the generic namesake of a type in <c>NameOfT.cs</c>.</summary>
    private static bool IsFileOf(string file, string type) =>
        file == type || file.StartsWith(type + ".", StringComparison.Ordinal) || file.StartsWith(type + "Of", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Array.Exists(BuiltFolders, built => file.Contains(built, StringComparison.Ordinal)));

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial) )*(?:class|record struct|record class|record|struct|interface|enum|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
