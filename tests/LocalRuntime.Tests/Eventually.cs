using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests;

/// <summary>Waits for what happens in its own time.</summary>
internal static class Eventually
{
    /// <param name="condition">What is waited for.</param>
    /// <param name="state">Says how things are, for the message.</param>
    /// <param name="what">The condition's source.</param>
    public static Task TrueAsync(Func<bool> condition, Func<string>? state = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), state, what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, Func{string}, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? state = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience.Usual, $"Not within {Patience.Usual.TotalSeconds} s: {what}{Environment.NewLine}{state?.Invoke()}");
            await Task.Delay(20);
        }
    }
}
