namespace ProspectOps.Tests.Platform.Storage;

/// <summary>One Azurite for all tests that need a real store; each test has tables, containers and queues of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteStorageFixture>
{
    public const string Name = "Azurite";
}
