using System.Diagnostics;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>Waits for what happens in its own time.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, TimeSpan within, AppLog log)
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < within, $"Not within {within.TotalSeconds} s:{Environment.NewLine}{log.Tail()}");
            await Task.Delay(20);
        }
    }

    /// <summary>What is read, once it is as it should be.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> condition, TimeSpan within)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (condition(value))
                return value;
            Assert.True(started.Elapsed < within, $"Not within {within.TotalSeconds} s: {value}");
            await Task.Delay(100);
        }
    }
}
