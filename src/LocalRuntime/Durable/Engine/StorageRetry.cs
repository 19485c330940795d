using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Repeats a storage operation until it works or the engine stops: work that is under way must not be dropped because storage is away.</summary>
internal static class StorageRetry
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> operation, ILogger log, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var wait = Shortest; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                return await operation(cancellationToken);
            }
            catch (Exception exception) when (exception is not OwnershipLostException && !cancellationToken.IsCancellationRequested)
            {
                log.StorageFailed(exception, wait.TotalMilliseconds);
            }
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public static Task RunAsync(Func<CancellationToken, Task> operation, ILogger log, TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                await operation(token);
                return true;
            },
            log, time, cancellationToken);
}
