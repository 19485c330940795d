using ProspectOps.Platform.Storage;
using ProspectOps.Tests.Platform.Storage;

namespace ProspectOps.Tests.Tenancy;

public sealed class InMemoryQuotaTests() : QuotaContract(new InMemoryStorage());

[Collection(AzuriteCollection.Name)]
public sealed class AzureQuotaTests(AzuriteStorageFixture azurite) : QuotaContract(azurite.Storage);
