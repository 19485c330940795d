using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests;

public sealed class AzuriteStartsTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public void Azurite_starts() => Assert.Contains("127.0.0.1", azurite.ConnectionString, StringComparison.Ordinal);
}
