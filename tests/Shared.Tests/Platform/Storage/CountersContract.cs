using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary>Counters are exact on every store, whoever writes at once and however often.</summary>
public abstract class CountersContract(IStorage storage) : IDisposable
{
    private static readonly IReadOnlyDictionary<string, long> One = new Dictionary<string, long> { ["Done"] = 1, ["Weight"] = 3 };

    private readonly ITable _table = storage.Table(SomeNames.Table());
    private readonly List<IDisposable> _toDispose = [];

    [Fact]
    public async Task Fifty_writers_at_once_are_counted_exactly()
    {
        var counted = Writes();

        var written = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => counted.WriteAsync(Marker(number), [TableWrite.Upsert(new TableRow("p", $"row{number}"))], "counter", One, default)));

        Assert.All(written, Assert.True);
        Assert.Equal((50, 150), await Counter());
        Assert.Equal(50, (await TableContract.Rows(_table.RangeAsync("p", "row", "s", 100, default))).Count);
    }

    [Fact]
    public async Task Marker_that_comes_again_counts_once_and_writes_nothing()
    {
        var counted = Writes();
        await counted.WriteAsync(Marker(1), [], "counter", One, default);

        var again = await counted.WriteAsync(Marker(1), [TableWrite.Upsert(new TableRow("p", "row"))], "counter", One, default);
        var elsewhere = await Writes().WriteAsync(Marker(1), [], "counter", One, default);

        Assert.False(again);
        Assert.False(elsewhere);
        Assert.Equal((1, 3), await Counter());
        Assert.Null(await _table.FindAsync("p", "row", default));
    }

    [Fact]
    public async Task Fifty_repeats_of_one_marker_at_once_count_once()
    {
        var counted = Writes();

        var written = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => counted.WriteAsync(Marker(1), [], "counter", One, default)));

        Assert.Single(written, one => one);
        Assert.Equal((1, 3), await Counter());
    }

    [Fact]
    public async Task Version_that_another_instance_changed_is_read_again()
    {
        var (mine, theirs) = (Writes(), Writes());

        for (var number = 0; number < 10; number += 2)
        {
            await mine.WriteAsync(Marker(number), [], "counter", One, default);
            await theirs.WriteAsync(Marker(number + 1), [], "counter", One, default);
        }

        Assert.Equal((10, 30), await Counter());
    }

    [Fact]
    public async Task Two_instances_at_once_stay_exact()
    {
        var instances = new[] { Writes(), Writes() };

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => instances[number % 2].WriteAsync(Marker(number), [], "counter", One, default)));

        Assert.Equal((40, 120), await Counter());
    }

    [Fact]
    public async Task Write_that_cannot_be_done_is_an_error_and_counts_nothing()
    {
        var counted = Writes();
        await counted.WriteAsync(Marker(1), [], "counter", One, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => counted.WriteAsync(Marker(2), [TableWrite.Delete("p", "missing")], "counter", One, default));
        await counted.WriteAsync(Marker(3), [], "counter", One, default);

        Assert.Equal((2, 6), await Counter());
    }

    [Fact]
    public async Task Two_hundred_chunks_at_once_are_counted_exactly()
    {
        var chunks = Chunks();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(chunk => chunks.CountAsync("p", "counter", chunk, One)));
        var counter = await _table.FindAsync("p", "counter", default);

        Assert.Equal((200, 600), await Counter());
        Assert.True(Enumerable.Range(0, 200).All(chunk => ChunkCounters.IsCounted(counter!, chunk)));
        Assert.False(ChunkCounters.IsCounted(counter!, 200));
        Assert.False(ChunkCounters.IsCounted(counter!, 2000));
    }

    [Fact]
    public async Task Chunk_that_is_counted_again_counts_once()
    {
        var chunks = Chunks();
        await chunks.CountAsync("p", "counter", 3, One);

        await chunks.CountAsync("p", "counter", 3, One);
        await Chunks().CountAsync("p", "counter", 3, One);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => chunks.CountAsync("p", "counter", 4, One)));

        Assert.Equal((2, 6), await Counter());
    }

    [Fact]
    public async Task Two_instances_that_count_chunks_at_once_stay_exact()
    {
        var instances = new[] { Chunks(), Chunks() };

        // Every chunk by both, as after an activity that was thought dead.
        await Task.WhenAll(Enumerable.Range(0, 120).Select(number => instances[number % 2].CountAsync("p", "counter", number / 2, One)));

        Assert.Equal((60, 180), await Counter());
    }

    [Fact]
    public async Task Counters_of_other_rows_and_partitions_are_others()
    {
        var chunks = Chunks();

        await Task.WhenAll(chunks.CountAsync("p", "counter", 0, One), chunks.CountAsync("p", "other", 0, One), chunks.CountAsync("q", "counter", 0, One));

        Assert.Equal((1, 3), await Counter());
    }

    public void Dispose()
    {
        foreach (var one in _toDispose)
            one.Dispose();
        GC.SuppressFinalize(this);
    }

    private CountedWrites Writes() => Kept(new CountedWrites(_table));

    private ChunkCounters Chunks() => Kept(new ChunkCounters(_table));

    private T Kept<T>(T one) where T : IDisposable
    {
        _toDispose.Add(one);
        return one;
    }

    private static TableRow Marker(int number) => new("p", $"marker{number}");

    private async Task<(long Done, long Weight)> Counter()
    {
        var counter = await _table.FindAsync("p", "counter", default);
        return (counter!.Number("Done"), counter.Number("Weight"));
    }
}
