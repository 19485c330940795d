using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary>What every <see cref="ITable"/> does with transactions: all, or nothing and what stood in the way.</summary>
public abstract class TransactionContract(IStorage storage)
{
    private readonly ITable _table = storage.Table(SomeNames.Table());

    [Fact]
    public async Task All_kinds_of_writes_happen_together()
    {
        await _table.UpsertAsync(new TableRow("p", "replaced") { ["Value"] = 1 }, default);
        await _table.UpsertAsync(new TableRow("p", "merged") { ["Kept"] = "k", ["Value"] = 1 }, default);
        await _table.UpsertAsync(new TableRow("p", "upserted") { ["Lost"] = "l" }, default);
        await _table.UpsertAsync(new TableRow("p", "deleted"), default);
        var read = await _table.FindAsync("p", "replaced", default);

        var result = await _table.TransactAsync(
            [
                TableWrite.Insert(new TableRow("p", "inserted") { ["Value"] = 2 }),
                TableWrite.Replace(new TableRow("p", "replaced") { ["Value"] = 2, Version = read!.Version }),
                TableWrite.Merge(new TableRow("p", "merged") { ["Value"] = 2 }),
                TableWrite.Upsert(new TableRow("p", "upserted") { ["Value"] = 2 }),
                TableWrite.Delete("p", "deleted"),
                TableWrite.Merge(new TableRow("p", "made") { ["Value"] = 2 }),
            ],
            default);

        Assert.True(result.Committed);
        Assert.Equal(-1, result.FailedIndex);
        Assert.Equal(6, result.Versions.Count);
        foreach (var name in new[] { "inserted", "replaced", "merged", "upserted", "made" })
            Assert.Equal(2, (await _table.FindAsync("p", name, default))!.Number("Value"));
        Assert.Equal("k", (await _table.FindAsync("p", "merged", default))!.Text("Kept"));
        Assert.Null((await _table.FindAsync("p", "upserted", default))!["Lost"]);
        Assert.Null(await _table.FindAsync("p", "deleted", default));
        Assert.Null(result.Versions[4]);
    }

    [Fact]
    public async Task Versions_that_it_gives_are_good_for_the_next_replace()
    {
        await _table.UpsertAsync(new TableRow("p", "replaced"), default);
        await _table.UpsertAsync(new TableRow("p", "merged"), default);
        var read = await _table.FindAsync("p", "replaced", default);
        string[] names = ["inserted", "replaced", "merged", "upserted"];

        var first = await _table.TransactAsync(
            [
                TableWrite.Insert(new TableRow("p", "inserted")),
                TableWrite.Replace(new TableRow("p", "replaced") { Version = read!.Version }),
                TableWrite.Merge(new TableRow("p", "merged")),
                TableWrite.Upsert(new TableRow("p", "upserted")),
            ],
            default);
        var second = await _table.TransactAsync(
            [.. names.Select((name, index) => TableWrite.Replace(new TableRow("p", name) { ["Value"] = 2, Version = first.Versions[index] }))], default);
        var third = await Task.WhenAll(names.Select((name, index) => _table.TryReplaceAsync(new TableRow("p", name) { ["Value"] = 3, Version = second.Versions[index] }, default)));

        Assert.True(second.Committed);
        Assert.All(third, Assert.NotNull);
    }

    [Theory]
    [InlineData("insert of one that exists")]
    [InlineData("replace of one that changed")]
    [InlineData("replace of one that is missing")]
    [InlineData("delete of one that is missing")]
    [InlineData("delete of one that changed")]
    public async Task One_write_that_fails_fails_all_and_is_named(string what)
    {
        await _table.UpsertAsync(new TableRow("p", "there") { ["Value"] = 1 }, default);
        var stale = (await _table.FindAsync("p", "there", default))!.Version;
        await _table.UpsertAsync(new TableRow("p", "there") { ["Value"] = 2 }, default);
        var failing = what switch
        {
            "insert of one that exists" => TableWrite.Insert(new TableRow("p", "there") { ["Value"] = 3 }),
            "replace of one that changed" => TableWrite.Replace(new TableRow("p", "there") { ["Value"] = 3, Version = stale }),
            "replace of one that is missing" => TableWrite.Replace(new TableRow("p", "missing") { Version = stale }),
            "delete of one that changed" => TableWrite.Delete(new TableRow("p", "there") { Version = stale }),
            _ => TableWrite.Delete("p", "missing"),
        };

        for (var place = 0; place < 4; place++)
        {
            var writes = new List<TableWrite>
            {
                TableWrite.Insert(new TableRow("p", "new 1")),
                TableWrite.Upsert(new TableRow("p", "new 2")),
                TableWrite.Merge(new TableRow("p", "new 3")),
            };
            writes.Insert(place, failing);
            var result = await _table.TransactAsync(writes, default);

            Assert.False(result.Committed);
            Assert.Equal(place, result.FailedIndex);
        }
        Assert.Equal(["there"], await TableContract.Rows(_table.RangeAsync("p", "", "~", 100, default)));
        Assert.Equal(2, (await _table.FindAsync("p", "there", default))!.Number("Value"));
    }

    [Fact]
    public async Task Of_two_writes_that_fail_the_first_is_named()
    {
        await _table.UpsertAsync(new TableRow("p", "there"), default);

        var result = await _table.TransactAsync(
            [TableWrite.Insert(new TableRow("p", "new")), TableWrite.Insert(new TableRow("p", "there")), TableWrite.Delete("p", "missing")], default);

        Assert.Equal(1, result.FailedIndex);
    }

    [Fact]
    public async Task Hundred_writes_go_at_once_and_one_more_does_not()
    {
        var writes = Enumerable.Range(0, 101).Select(number => TableWrite.Insert(new TableRow("p", $"r{number:000}"))).ToArray();

        var result = await _table.TransactAsync(writes[..100], default);

        Assert.True(result.Committed);
        Assert.Equal(100, result.Versions.Count(version => version is not null));
        await Assert.ThrowsAnyAsync<Exception>(() => _table.TransactAsync(writes, default));
    }

    [Fact]
    public async Task Of_many_who_replace_one_version_at_once_one_succeeds()
    {
        await _table.UpsertAsync(new TableRow("p", "counter") { ["Value"] = 0 }, default);
        var version = (await _table.FindAsync("p", "counter", default))!.Version;

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => _table.TransactAsync(
            [TableWrite.Insert(new TableRow("p", $"m{number}")), TableWrite.Replace(new TableRow("p", "counter") { ["Value"] = 1, Version = version })], default)));

        Assert.Single(results, result => result.Committed);
        Assert.All(results.Where(result => !result.Committed), result => Assert.Equal(1, result.FailedIndex));
        Assert.Single(await TableContract.Rows(_table.RangeAsync("p", "m", "n", 100, default)));
    }
}
