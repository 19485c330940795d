using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A store whose loads a test holds up after they have read.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "DispatchProxy derives from it.")]
internal class InterceptedStore : DispatchProxy
{
    private IInstanceStore _inner = null!;
    private Func<int, Task> _afterLoad = null!;
    private int _loads;

    /// <param name="inner">Does the work.</param>
    /// <param name="afterLoad">Is given a load's number, from 1, and delays its answer.</param>
    public static IInstanceStore Create(IInstanceStore inner, Func<int, Task> afterLoad)
    {
        var store = Create<IInstanceStore, InterceptedStore>();
        var interception = (InterceptedStore)(object)store;
        (interception._inner, interception._afterLoad) = (inner, afterLoad);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_inner, args);
        return answer is Task<StoredInstance?> load ? HoldAsync(load, Interlocked.Increment(ref _loads)) : answer;
    }

    private async Task<StoredInstance?> HoldAsync(Task<StoredInstance?> load, int number)
    {
        var loaded = await load;
        await _afterLoad(number);
        return loaded;
    }
}
