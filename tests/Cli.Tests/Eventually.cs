using System.Diagnostics;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

internal static class Eventually
{
    public static async Task Async(Func<bool> condition, Func<string> otherwise)
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < Patience.Usual, otherwise());
            await Task.Delay(20);
        }
    }
}
