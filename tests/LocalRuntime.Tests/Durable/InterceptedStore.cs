using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A store whose loads a test holds up or changes after they have read, and whose other calls it sees before they are done.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "DispatchProxy derives from it.")]
internal class InterceptedStore : DispatchProxy
{
    private IInstanceStore _inner = null!;
    private Func<int, StoredInstance?, Task<StoredInstance?>> _afterLoad = null!;
    private Action<string, object?[]> _before = null!;
    private int _loads;

    /// <param name="inner">Does the work.</param>
    /// <param name="afterLoad">Is given a load's number, from 1, and delays its answer.</param>
    public static IInstanceStore Create(IInstanceStore inner, Func<int, Task> afterLoad) => Create(inner, async (number, stored) =>
    {
        await afterLoad(number);
        return stored;
    });

    /// <param name="inner">Does the work.</param>
    /// <param name="afterLoad">Is given a load's number, from 1, and what it has read.</param>
    /// <param name="before">Is given a method's name and arguments; what it throws is the call's failure.</param>
    public static IInstanceStore Create(
        IInstanceStore inner, Func<int, StoredInstance?, Task<StoredInstance?>>? afterLoad = null, Action<string, object?[]>? before = null)
    {
        var store = Create<IInstanceStore, InterceptedStore>();
        var interception = (InterceptedStore)(object)store;
        interception._inner = inner;
        interception._afterLoad = afterLoad ?? ((_, stored) => Task.FromResult(stored));
        interception._before = before ?? ((_, _) => { });
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _before(targetMethod!.Name, args!);
        var answer = targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        return answer is Task<StoredInstance?> load ? HoldAsync(load, Interlocked.Increment(ref _loads)) : answer;
    }

    private async Task<StoredInstance?> HoldAsync(Task<StoredInstance?> load, int number) => await _afterLoad(number, await load);
}
