using System.Diagnostics;

namespace ProspectOps.Cli.Tests;

internal static class Eventually
{
    public static async Task Async(Func<bool> condition, TimeSpan within, Func<string> otherwise)
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < within, otherwise());
            await Task.Delay(20);
        }
    }
}
