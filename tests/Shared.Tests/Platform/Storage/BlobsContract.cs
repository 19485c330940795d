using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary>What every <see cref="IBlobs"/> does.</summary>
public abstract class BlobsContract(IStorage storage)
{
    private readonly IBlobs _blobs = storage.Blobs(SomeNames.Container());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task What_is_written_is_read(int length)
    {
        var content = new byte[length];
        Random.Shared.NextBytes(content);

        await _blobs.WriteAsync("tenant/wf|1/shard 0001 ü", content, default);

        Assert.Equal(content, await _blobs.ReadAsync("tenant/wf|1/shard 0001 ü", default));
    }

    [Fact]
    public async Task Missing_blob_is_null_and_deleting_it_no_error()
    {
        await _blobs.DeleteAsync("t/none", default);

        Assert.Null(await _blobs.ReadAsync("t/none", default));
        Assert.Null(await _blobs.OpenReadAsync("t/none", default));
    }

    [Fact]
    public async Task Second_write_replaces_the_first()
    {
        await _blobs.WriteAsync("t/b", new byte[] { 1, 2, 3 }, default);
        await _blobs.WriteAsync("t/b", new byte[] { 4 }, default);

        Assert.Equal([4], await _blobs.ReadAsync("t/b", default));
    }

    [Fact]
    public async Task Deleted_blob_is_gone_and_its_neighbour_stays()
    {
        await _blobs.WriteAsync("t/b", new byte[] { 1 }, default);
        await _blobs.WriteAsync("t/b2", new byte[] { 2 }, default);

        await _blobs.DeleteAsync("t/b", default);

        Assert.Null(await _blobs.ReadAsync("t/b", default));
        Assert.Equal([2], await _blobs.ReadAsync("t/b2", default));
    }

    [Fact]
    public async Task What_is_streamed_in_is_streamed_out()
    {
        var block = new byte[70_000];
        Random.Shared.NextBytes(block);

        await using (var writing = await _blobs.OpenWriteAsync("t/stream", default))
        {
            for (var i = 0; i < 3; i++)
                await writing.WriteAsync(block);
        }
        await using var reading = await _blobs.OpenReadAsync("t/stream", default);
        using var read = new MemoryStream();
        await reading!.CopyToAsync(read);

        Assert.Equal([.. block, .. block, .. block], read.ToArray());
    }

    [Fact]
    public async Task Stream_that_nothing_was_written_to_leaves_an_empty_blob_in_place_of_the_old()
    {
        await _blobs.WriteAsync("t/b", new byte[] { 1 }, default);

        await (await _blobs.OpenWriteAsync("t/b", default)).DisposeAsync();

        Assert.Empty((await _blobs.ReadAsync("t/b", default))!);
    }
}
