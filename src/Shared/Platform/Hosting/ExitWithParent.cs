using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ProspectOps.Platform.Hosting;

/// <summary>Ends the app when its standard input closes, where <see cref="PlatformOptions.ExitWithParent"/> asks for it.</summary>
internal sealed class ExitWithParent(IOptions<PlatformOptions> options, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ExitWithParent)
        {
            // A thread of its own: a read of standard input cannot be cancelled.
            new Thread(() =>
            {
                using var input = Console.OpenStandardInput();
                Span<byte> ignored = stackalloc byte[64];
                while (input.Read(ignored) > 0)
                    continue;
                lifetime.StopApplication();
            })
            { IsBackground = true, Name = "ExitWithParent" }.Start();
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
