using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary>What every <see cref="ITable"/> does with points and ranges.</summary>
public abstract class TableContract(IStorage storage)
{
    private readonly ITable _table = storage.Table(SomeNames.Table());

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_was_written()
    {
        var time = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        byte[] bytes = [0, 1, 127, 128, 255];
        var row = new TableRow("p", "r")
        {
            ["Text"] = "Zoë said \"hi\" – 例 😀\n",
            ["Empty"] = "",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Small"] = 7L,
            ["Double"] = 0.1,
            ["Whole"] = 2.0,
            ["True"] = true,
            ["False"] = false,
            ["Time"] = time,
            ["Bytes"] = bytes,
            ["NoBytes"] = Array.Empty<byte>(),
        };

        await _table.UpsertAsync(row, default);
        var found = await _table.FindAsync("p", "r", default);

        Assert.NotNull(found);
        Assert.Equal(row.Values.Keys.Order(), found.Values.Keys.Order());
        Assert.Equal("Zoë said \"hi\" – 例 😀\n", found.Text("Text"));
        Assert.Equal("", found.Text("Empty"));
        Assert.IsType<int>(found["Int"]);
        Assert.Equal(int.MinValue, found.Number("Int"));
        Assert.IsType<long>(found["Small"]);
        Assert.Equal(long.MaxValue, found.Number("Long"));
        Assert.Equal(0.1, found["Double"]);
        Assert.Equal(2.0, found["Whole"]);
        Assert.True(found.Flag("True"));
        Assert.False(found.Flag("False"));
        Assert.IsType<bool>(found["False"]);
        Assert.Equal(time, found.Time("Time"));
        Assert.Equal(bytes, found.Bytes("Bytes"));
        Assert.Empty(found.Bytes("NoBytes")!);
    }

    [Fact]
    public async Task As_much_text_and_bytes_as_are_allowed_come_back_whole()
    {
        var text = new string('é', 32_768);
        var bytes = new byte[64 * 1024];
        Random.Shared.NextBytes(bytes);

        await _table.UpsertAsync(new TableRow("p", "r") { ["Text"] = text, ["Bytes"] = bytes }, default);
        var found = await _table.FindAsync("p", "r", default);

        Assert.Equal(text, found!.Text("Text"));
        Assert.Equal(bytes, found.Bytes("Bytes"));
    }

    [Theory]
    [InlineData("default|wf_01abc|validate|00001", "s|validate|00001")]
    [InlineData("a b", "it's 100% 'quoted' & <marked>")]
    [InlineData("ü", "~!*()[]{}$,;:@=+")]
    [InlineData("2026", "")]
    public async Task Keys_may_hold_what_ours_hold(string partition, string row)
    {
        await _table.UpsertAsync(new TableRow(partition, row) { ["Value"] = 1 }, default);
        var found = await _table.FindAsync(partition, row, default);
        var ranged = await Rows(_table.RangeAsync(partition, row, row + "!", 10, default));
        await _table.DeleteAsync(partition, row, default);

        Assert.Equal((partition, row), (found!.Partition, found.Row));
        Assert.Equal([row], ranged);
        Assert.Null(await _table.FindAsync(partition, row, default));
    }

    [Fact]
    public async Task Missing_row_is_null()
    {
        await _table.UpsertAsync(new TableRow("p", "r"), default);

        Assert.Null(await _table.FindAsync("p", "R", default));
        Assert.Null(await _table.FindAsync("q", "r", default));
    }

    [Fact]
    public async Task Range_holds_its_start_but_not_its_end_in_ordinal_order()
    {
        foreach (var name in new[] { "b", "a", "C", "a1", "a|", "a!", "c", "B", "é" })
            await _table.UpsertAsync(new TableRow("p", name), default);
        await _table.UpsertAsync(new TableRow("q", "b"), default);

        var all = await Rows(_table.RangeAsync("p", "", "\uffff", 1000, default));
        var some = await Rows(_table.RangeAsync("p", "a", "c", 1000, default));
        var behind = await Rows(_table.RangeAsync("p", "a!", "b", 1000, default));
        var none = await Rows(_table.RangeAsync("p", "b", "b", 1000, default));

        Assert.Equal(["B", "C", "a", "a!", "a1", "a|", "b", "c", "é"], all);
        Assert.Equal(["a", "a!", "a1", "a|", "b"], some);
        Assert.Equal(["a!", "a1", "a|"], behind);
        Assert.Empty(none);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Range_longer_than_a_page_is_read_to_its_end(int pageSize)
    {
        var names = Enumerable.Range(0, 25).Select(number => $"r{number:00}").ToArray();
        await _table.TransactAsync([.. names.Reverse().Select(name => TableWrite.Insert(new TableRow("p", name) { ["Name"] = name }))], default);

        var read = new List<TableRow>();
        await foreach (var row in _table.RangeAsync("p", "r", "s", pageSize, default))
            read.Add(row);

        Assert.Equal(names, read.Select(row => row.Row));
        Assert.Equal(names, read.Select(row => row.Text("Name")));
        Assert.All(read, row => Assert.NotNull(row.Version));
    }

    [Fact]
    public async Task Row_is_inserted_once()
    {
        var first = await _table.TryInsertAsync(new TableRow("p", "r") { ["Value"] = 1 }, default);
        var second = await _table.TryInsertAsync(new TableRow("p", "r") { ["Value"] = 2 }, default);

        Assert.True(first);
        Assert.False(second);
        Assert.Equal(1, (await _table.FindAsync("p", "r", default))!.Number("Value"));
    }

    [Fact]
    public async Task Of_many_who_insert_at_once_one_succeeds()
    {
        var inserted = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _table.TryInsertAsync(new TableRow("p", "r") { ["Value"] = number }, default)));

        Assert.Single(inserted, one => one);
    }

    [Fact]
    public async Task Replace_takes_the_version_that_was_read_and_gives_the_next()
    {
        await _table.UpsertAsync(new TableRow("p", "r") { ["Old"] = 1, ["Value"] = 1 }, default);
        var read = await _table.FindAsync("p", "r", default);
        var second = new TableRow("p", "r") { ["Value"] = 2, Version = read!.Version };

        var version = await _table.TryReplaceAsync(second, default);
        var third = await _table.TryReplaceAsync(new TableRow("p", "r") { ["Value"] = 3, Version = version }, default);
        var found = await _table.FindAsync("p", "r", default);

        Assert.NotNull(version);
        Assert.NotNull(third);
        Assert.Equal(third, found!.Version);
        Assert.Equal(3, found.Number("Value"));
        Assert.Null(found["Old"]);
    }

    [Fact]
    public async Task Replace_of_a_row_that_changed_or_is_gone_is_refused()
    {
        await _table.UpsertAsync(new TableRow("p", "r") { ["Value"] = 1 }, default);
        var read = await _table.FindAsync("p", "r", default);
        await _table.UpsertAsync(new TableRow("p", "r") { ["Value"] = 2 }, default);

        var stale = await _table.TryReplaceAsync(new TableRow("p", "r") { ["Value"] = 3, Version = read!.Version }, default);
        var missing = await _table.TryReplaceAsync(new TableRow("p", "gone") { Version = read.Version }, default);

        Assert.Null(stale);
        Assert.Null(missing);
        Assert.Equal(2, (await _table.FindAsync("p", "r", default))!.Number("Value"));
        Assert.Null(await _table.FindAsync("p", "gone", default));
    }

    [Fact]
    public async Task Row_that_was_never_read_cannot_be_replaced() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _table.TryReplaceAsync(new TableRow("p", "r"), default));

    [Fact]
    public async Task Upsert_leaves_nothing_of_what_stood_there()
    {
        await _table.UpsertAsync(new TableRow("p", "r") { ["Old"] = 1, ["Value"] = 1 }, default);
        await _table.UpsertAsync(new TableRow("p", "r") { ["Value"] = 2, ["Absent"] = null }, default);

        var found = await _table.FindAsync("p", "r", default);

        Assert.Equal(["Value"], found!.Values.Keys);
    }

    [Fact]
    public async Task Deleting_takes_the_row_away_and_again_is_no_error()
    {
        await _table.UpsertAsync(new TableRow("p", "r"), default);

        await _table.DeleteAsync("p", "r", default);
        await _table.DeleteAsync("p", "r", default);

        Assert.Null(await _table.FindAsync("p", "r", default));
        Assert.True(await _table.TryInsertAsync(new TableRow("p", "r"), default));
    }

    [Fact]
    public async Task What_was_read_is_not_what_is_stored()
    {
        byte[] bytes = [1];
        var row = new TableRow("p", "r") { ["Value"] = 1, ["Bytes"] = bytes };
        await _table.UpsertAsync(row, default);

        row["Value"] = 2;
        bytes[0] = 2;
        var found = await _table.FindAsync("p", "r", default);

        Assert.Equal(1, found!.Number("Value"));
        Assert.Equal([1], found.Bytes("Bytes"));
    }

    internal static async Task<List<string>> Rows(IAsyncEnumerable<TableRow> rows)
    {
        var names = new List<string>();
        await foreach (var row in rows)
            names.Add(row.Row);
        return names;
    }
}
