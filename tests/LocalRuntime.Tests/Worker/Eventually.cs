using System.Diagnostics;

namespace ProspectOps.LocalRuntime.Tests.Worker;

internal static class Eventually
{
    /// <summary>Waits until the condition holds, at most 20 s.</summary>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="TrueAsync(Func{bool})"/>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "It did not come true within 20 s.");
            await Task.Delay(20);
        }
    }
}
