using System.Text.RegularExpressions;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Testing;

namespace ProspectOps.Functions.Tests;

/// <summary>docs/errors.md holds every code that the app can answer, and no other.</summary>
public sealed partial class ErrorCatalogueTests
{
    [Fact]
    public void Every_code_in_the_source_is_in_the_catalogue() => Assert.Empty(InSource().Except(ErrorCatalogue.Errors.Keys));

    [Fact]
    public void Every_code_in_the_catalogue_is_in_the_source() => Assert.Empty(ErrorCatalogue.Errors.Keys.Except(InSource()));

    [Fact]
    public void Status_is_the_one_that_its_kind_has()
    {
        var wrong = Sources().SelectMany(text => Coded().Matches(text)).Where(match => match.Groups["code"].Value != "internal_error")
            .Select(match => (Kind: match.Groups["kind"].Value, Code: match.Groups["code"].Value))
            .Where(error => ErrorCatalogue.Errors.TryGetValue(error.Code, out var known) && known.Status != StatusOf(error.Kind));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Entries_are_sorted_and_say_how_to_mend_it()
    {
        var headings = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "errors.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).ToArray();

        Assert.Equal(headings.Order(StringComparer.Ordinal), headings);
        Assert.All(ErrorCatalogue.Errors.Values, error => Assert.NotEmpty(error.Mend));
    }

    private static int StatusOf(string kind) => kind switch
    {
        "Invalid" => 400,
        "Unauthenticated" => 401,
        "Forbidden" => 403,
        "NotFound" => 404,
        "MethodNotAllowed" => 405,
        "Conflict" => 409,
        "TooLarge" => 413,
        "UnsupportedType" => 415,
        "TooMany" => 429,
        _ => 503,
    };

    private static IEnumerable<string> InSource() => Sources()
        .SelectMany(text => Coded().Matches(text).Select(match => match.Groups["code"].Value).Concat(Refused().Matches(text).Select(match => match.Groups["code"].Value)))
        .Distinct();

    private static IEnumerable<string> Sources() => new[] { "Shared", "Functions" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Select(File.ReadAllText);

    [GeneratedRegex("""ErrorKind\.(?<kind>\w+),\s*"(?<code>[a-z_]+)""")]
    private static partial Regex Coded();

    // CsvErrors names its kind once for all.
    [GeneratedRegex("""Refuse\(\s*"(?<code>[a-z_]+)""")]
    private static partial Regex Refused();
}
