using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>Waits for what happens in its own time.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, AppLog log, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < Patience.Usual, $"Not within {Patience.Usual.TotalSeconds} s: {what}{Environment.NewLine}{log.Tail()}");
            await Task.Delay(20);
        }
    }

    /// <summary>What is read, once it is as it should be.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> condition, AppLog log, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (condition(value))
                return value;
            Assert.True(started.Elapsed < Patience.Usual, $"Not within {Patience.Usual.TotalSeconds} s: {what}, but {Text(value)}{Environment.NewLine}{log.Tail()}");
            await Task.Delay(100);
        }
    }

    private static string Text(object? value) => value switch
    {
        JsonNode node => node.ToJsonString(),
        IEnumerable<JsonNode> nodes => $"[{string.Join(", ", nodes.Select(node => node.ToJsonString()))}]",
        _ => $"{value}",
    };
}
