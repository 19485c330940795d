using Microsoft.AspNetCore.Http;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Holds requests to the limits of host.json: some run, some wait, the rest are told 429 at once.</summary>
internal sealed class HttpThrottle(HttpSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _running = settings.MaxConcurrentRequests > 0 ? new SemaphoreSlim(settings.MaxConcurrentRequests) : null;
    private int _outstanding;

    /// <summary>False where host.json sets no limit: requests then pass by.</summary>
    public bool IsOn => settings.MaxConcurrentRequests > 0 || settings.MaxOutstandingRequests > 0;

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (Interlocked.Increment(ref _outstanding) > settings.MaxOutstandingRequests && settings.MaxOutstandingRequests > 0)
        {
            Interlocked.Decrement(ref _outstanding);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }
        try
        {
            if (_running is null)
                await next(context);
            else if (await TryEnterAsync(_running, context.RequestAborted))
                await LeavingAsync(_running, next(context));
        }
        finally
        {
            Interlocked.Decrement(ref _outstanding);
        }
    }

    /// <returns>False if the client left while it waited.</returns>
    private static async Task<bool> TryEnterAsync(SemaphoreSlim running, CancellationToken aborted)
    {
        try
        {
            await running.WaitAsync(aborted);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task LeavingAsync(SemaphoreSlim running, Task request)
    {
        try
        {
            await request;
        }
        finally
        {
            running.Release();
        }
    }

    public void Dispose() => _running?.Dispose();
}
