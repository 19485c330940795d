using Microsoft.Extensions.Hosting;

namespace ProspectOps.Validation.Smtp;

/// <summary>Tries at start whether mail servers can be asked, beside the start and never before it.</summary>
internal sealed class SmtpReachCheck(SmtpReach reach) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => reach.TryAsync().WaitAsync(stoppingToken);
}
