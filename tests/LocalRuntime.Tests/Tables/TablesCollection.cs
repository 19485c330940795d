using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

/// <summary>One Azurite for all tests of the Tables client; each test has a table of its own.</summary>
[CollectionDefinition(Name)]
public sealed class TablesCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Tables";
}
