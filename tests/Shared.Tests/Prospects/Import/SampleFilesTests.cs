using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;
using ProspectOps.Testing;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Prospects.Import;

public sealed class SampleFilesTests
{
    [Theory]
    [InlineData("casino-250.csv", "utf-8", 250, 9, 27, 9)]
    [InlineData("saas-40.csv", "windows-1252", 40, 3, 3, 2)]
    [InlineData("logistics-60.csv", "utf-16", 60, 4, 4, 3)]
    public async Task Sample_holds_what_its_description_says(string file, string encoding, int rows, int rejected, int duplicates, int unparsable)
    {
        var path = Path.Combine(RepositoryRoot.Path, "samples", file);
        var scanner = new TextEncodingScanner();
        scanner.Append(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        await using var csv = await ProspectCsv.OpenAsync(File.OpenRead(path), scanner.Result, TestContext.Current.CancellationToken);
        var read = new List<ImportedRow>();
        await foreach (var row in csv.ReadAsync(TestContext.Current.CancellationToken))
            read.Add(row);

        var people = new Deduplicator();
        foreach (var row in read.Where(row => row.Prospect is not null))
            people.Add(row.Line, row.Prospect!);
        people.Resolve();
        var broken = read.Count(row => row.Prospect?.Email is { } email && people.DuplicateOf(row.Line) is null && EmailAddress.CanonicalOf(email) is null);

        Assert.Equal(encoding, scanner.Result.WebName);
        Assert.Equal((rows, rejected, duplicates, unparsable), (read.Count, read.Count(row => row.Rejection is not null), people.Duplicates, broken));
        Assert.All(read.Where(row => EmailAddress.CanonicalOf(row.Prospect?.Email) is not null), row => Assert.EndsWith(".example", EmailAddress.CanonicalOf(row.Prospect!.Email), StringComparison.Ordinal));
    }
}
