using Microsoft.Extensions.Configuration;
using ProspectOps.Platform.Storage;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Platform.Storage;

/// <summary><see cref="AzureStorage"/> on a real Azurite.</summary>
public sealed class AzuriteStorageFixture : IAsyncLifetime
{
    private readonly AzuriteFixture _azurite = new();
    private AzureStorage? _storage;

    public string ConnectionString => _azurite.ConnectionString;

    public IConfiguration Configuration => new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", ConnectionString)]).Build();

    public AzureStorage Storage => _storage ?? throw new InvalidOperationException("Azurite is not started.");

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _storage = new AzureStorage(Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        await _azurite.DisposeAsync();
    }
}
