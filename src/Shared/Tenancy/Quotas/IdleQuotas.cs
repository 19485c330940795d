using Microsoft.Extensions.Hosting;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>Gives back what this process took of quotas and does not use: every 5 s, and all of it when it stops.</summary>
internal sealed class IdleQuotas(QuotaService quotas, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await quotas.GiveBackIdleAsync(TimeSpan.Zero, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Idle, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await quotas.GiveBackIdleAsync(Idle, stoppingToken);
    }
}
