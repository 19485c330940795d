using Microsoft.Extensions.Hosting;

namespace ProspectOps.Research;

/// <summary>Reads the packs before the first request: a wrong one stops the start, with its file and place in the message.</summary>
internal sealed class PacksAreReadAtStart(PackLibrary library) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = library.All;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
