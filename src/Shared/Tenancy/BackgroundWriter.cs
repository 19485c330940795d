using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

/// <summary>Writes every 2 s what was noted in memory, and all of it when the app stops: a crash loses 2 s and the write under way.</summary>
internal sealed class BackgroundWriter(IEnumerable<IBackgroundWrites> all, TimeProvider clock, ILogger<BackgroundWriter> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    private Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(all.Select(async one =>
    {
        try
        {
            await one.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The edge of a background task: it tries again with the next turn.
            log.BatchNotWritten(e, 1, one.GetType().Name);
        }
    }));
}
