using ProspectOps.Cli;

namespace ProspectOps.Testing;

/// <summary>One Azurite for a test collection, in a folder of its own that goes when it goes.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Attempts = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-azurite-");
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite?.ConnectionString ?? throw new InvalidOperationException("Azurite is not started.");

    public static string Script { get; } = Path.Combine(RepositoryRoot.Path, "node_modules", "azurite", "dist", "src", "azurite.js");

    public async ValueTask InitializeAsync()
    {
        for (var attempt = 1; _azurite is null; attempt++)
        {
            try
            {
                _azurite = await AzuriteProcess.StartAsync(Script, _folder.FullName, FreePorts.Take(3), CancellationToken.None);
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // Somebody else has taken one of the ports since they were looked at.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
