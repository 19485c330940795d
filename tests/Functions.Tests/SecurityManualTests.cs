using System.Text.RegularExpressions;
using ProspectOps.Testing;

namespace ProspectOps.Functions.Tests;

/// <summary>docs/security.md names tests that show what it says; they are there.</summary>
public sealed partial class SecurityManualTests
{
    [Fact]
    public void Every_test_that_the_manual_names_exists()
    {
        var named = Named().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "security.md"))).Select(match => match.Groups[1].Value).ToArray();
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(File.ReadAllText);
        var tests = sources.SelectMany(text => Declared().Matches(text).Select(match => match.Groups[1].Value));

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(tests));
    }

    [GeneratedRegex("`([A-Z][a-z]+(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Declared();
}
