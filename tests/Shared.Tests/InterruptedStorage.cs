using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests;

/// <summary>A storage after whose next read of a range something else happens, before the reader goes on.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "DispatchProxy derives from it.")]
internal class InterruptedStorage : DispatchProxy
{
    private object _inner = null!;
    private InterruptedStorage _root = null!;
    private Func<Task>? _then;

    public static IStorage Of(IStorage inner)
    {
        var storage = Create<IStorage, InterruptedStorage>();
        var proxy = (InterruptedStorage)(object)storage;
        (proxy._inner, proxy._root) = (inner, proxy);
        return storage;
    }

    public static void AfterRead(IStorage storage, Func<Task> then) => ((InterruptedStorage)(object)storage)._then = then;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        if (answer is ITable table)
        {
            var proxied = Create<ITable, InterruptedStorage>();
            ((InterruptedStorage)(object)proxied)._inner = table;
            ((InterruptedStorage)(object)proxied)._root = _root;
            return proxied;
        }
        return answer is IAsyncEnumerable<TableRow> rows ? ThenAsync(rows) : answer;
    }

    private async IAsyncEnumerable<TableRow> ThenAsync(IAsyncEnumerable<TableRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row;
        if (Interlocked.Exchange(ref _root._then, null) is { } then)
            await then();
    }
}
