using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>Holds the context itself from the start, so that the runtime finds it behind a context that a middleware has wrapped.</summary>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> _features = [];

    public InvocationFeatures(LocalFunctionContext context) => Set(context);

    public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _features[typeof(T)] = instance;
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
