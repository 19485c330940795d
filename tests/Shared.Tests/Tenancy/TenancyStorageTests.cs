using ProspectOps.Platform.Storage;
using ProspectOps.Tests.Platform.Storage;

namespace ProspectOps.Tests.Tenancy;

public sealed class InMemoryKeyTests() : KeyContract(new InMemoryStorage());

[Collection(AzuriteCollection.Name)]
public sealed class AzureKeyTests(AzuriteStorageFixture azurite) : KeyContract(azurite.Storage);

public sealed class InMemoryAuditTests() : AuditContract(new InMemoryStorage());

[Collection(AzuriteCollection.Name)]
public sealed class AzureAuditTests(AzuriteStorageFixture azurite) : AuditContract(azurite.Storage);

public sealed class InMemoryDeletionTests : DeletionContract
{
    public InMemoryDeletionTests() : this(new InMemoryStorage())
    {
    }

    private InMemoryDeletionTests(InMemoryStorage storage) : base(storage, storage)
    {
    }
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureDeletionTests(AzuriteStorageFixture azurite) : DeletionContract(azurite.Storage, azurite.Storage.Erasure);
