using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary>What every <see cref="IQueue{T}"/> does.</summary>
public abstract class QueueContract(IStorage storage)
{
    private readonly string _name = SomeNames.Queue();

    [Fact]
    public async Task Message_arrives_with_all_that_it_holds()
    {
        var sent = new SomeMessage(1, "Zoë <例> 😀", null, [1, 2]);

        await storage.Queue<SomeMessage>(_name).SendAsync(sent, TimeSpan.Zero, default);
        var arrived = Assert.Single(await ReceiveAsync(_name));

        Assert.Equal((sent.V, sent.Name, sent.Index), (arrived.V, arrived.Name, arrived.Index));
        Assert.Equal(sent.Numbers, arrived.Numbers);
    }

    [Fact]
    public async Task One_name_is_one_queue()
    {
        await storage.Queue<SomeMessage>(_name).SendAsync(new SomeMessage(1, "first", 1, []), TimeSpan.Zero, default);
        await storage.Queue<SomeMessage>(_name).SendAsync(new SomeMessage(1, "second", 2, []), TimeSpan.Zero, default);

        Assert.Equal(["first", "second"], (await ReceiveAsync(_name)).Select(message => message.Name).Order());
    }

    protected abstract Task<IReadOnlyList<SomeMessage>> ReceiveAsync(string name);

    public sealed record SomeMessage(int V, string Name, int? Index, IReadOnlyList<int> Numbers);
}
