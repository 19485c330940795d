using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

public sealed class InMemoryTableTests() : TableContract(new InMemoryStorage());

public sealed class InMemoryTransactionTests() : TransactionContract(new InMemoryStorage());

public sealed class InMemoryBlobsTests() : BlobsContract(new InMemoryStorage());

public sealed class InMemoryQueueTests : QueueContract
{
    private readonly InMemoryStorage _storage;

    public InMemoryQueueTests() : this(new InMemoryStorage())
    {
    }

    private InMemoryQueueTests(InMemoryStorage storage) : base(storage) => _storage = storage;

    protected override Task<IReadOnlyList<SomeMessage>> ReceiveAsync(string name) => Task.FromResult<IReadOnlyList<SomeMessage>>(
        [.. ((InMemoryQueue<SomeMessage>)_storage.Queue<SomeMessage>(name)).Sent.Select(sent => sent.Message)]);
}

public sealed class InMemoryCountersTests() : CountersContract(new InMemoryStorage());
