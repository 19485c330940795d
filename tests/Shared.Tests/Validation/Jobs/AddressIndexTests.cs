using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

public sealed class AddressIndexTests
{
    [Fact]
    public void Same_hash_is_one_and_counted_however_many_there_are()
    {
        var index = new AddressIndex();
        var random = new Random(7);
        var known = new Dictionary<ulong, (int Ordinal, int Count)>();
        for (var i = 0; i < 200_000; i++)
        {
            var hash = (ulong)random.NextInt64(50_000) * 0x9E3779B97F4A7C15;
            var (ordinal, isNew) = index.Add(hash);
            Assert.Equal(!known.TryGetValue(hash, out var before), isNew);
            known[hash] = (ordinal, before.Count + 1);
            if (!isNew)
                Assert.Equal(before.Ordinal, ordinal);
        }

        Assert.Equal(known.Count, index.Count);
        Assert.All(known.Values, one => Assert.Equal(one.Count, index.CountOf(one.Ordinal)));
    }

    [Fact]
    public void One_that_is_alone_is_found_by_nothing()
    {
        var index = new AddressIndex();

        var alone = index.AddAlone();
        var zero = index.Add(0);

        Assert.Equal((0, 1, true), (alone, zero.Ordinal, zero.IsNew));
        Assert.False(index.Add(0).IsNew);
    }

    [Fact]
    public async Task Map_of_rows_reads_as_it_was_written()
    {
        int?[] rows = [null, 0, null, 1, 127, 128, 16_384, 3_999_999, null, .. Enumerable.Range(0, 50_000).Select(i => (int?)(i * 80))];
        var stream = new MemoryStream();
        var writer = new RowMapWriter(stream);
        foreach (var row in rows)
            await writer.AddAsync(row, default);
        await writer.FlushAsync(default);

        var reader = new RowMapReader(new MemoryStream(stream.ToArray()));
        foreach (var row in rows)
            Assert.Equal(row, await reader.NextAsync(default));
        await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.NextAsync(default));
    }

    [Theory]
    [InlineData(DedupeMethod.Canonical, "Jane+x@Acme.com", "jane@acme.com", true)]
    [InlineData(DedupeMethod.Canonical, "bad", "bad", false)]
    [InlineData(DedupeMethod.Exact, " jane@acme.com", "jane@acme.com ", true)]
    [InlineData(DedupeMethod.Exact, "Jane@acme.com", "jane@acme.com", false)]
    [InlineData(DedupeMethod.CaseInsensitive, "JANE@acme.com", "jane@ACME.com", true)]
    [InlineData(DedupeMethod.CaseInsensitive, "jane+x@acme.com", "jane@acme.com", false)]
    [InlineData(DedupeMethod.Domain, "jane@acme.com", "bob@ACME.com", true)]
    [InlineData(DedupeMethod.None, "jane@acme.com", "jane@acme.com", false)]
    [InlineData(DedupeMethod.Exact, "", "", false)]
    public void Two_rows_are_one_as_the_method_says(DedupeMethod method, string one, string other, bool same)
    {
        var key = new DedupeKey(method, 42);

        Assert.Equal(same, key.Of(one) is { } hash && hash == key.Of(other));
    }
}
