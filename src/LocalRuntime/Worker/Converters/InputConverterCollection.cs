using System.Collections;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The converters asked for every parameter, in their order.</summary>
public sealed class InputConverterCollection : IEnumerable<Type>
{
    private readonly List<Type> _converters = [];

    /// <summary>Adds a converter behind the others.</summary>
    public void Register<T>()
        where T : IInputConverter => RegisterAt<T>(_converters.Count);

    /// <param name="index">0 for the first to be asked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is below 0 or above the number of converters.</exception>
    public void RegisterAt<T>(int index)
        where T : IInputConverter => _converters.Insert(index, typeof(T));

    public void Clear() => _converters.Clear();

    public IEnumerator<Type> GetEnumerator() => _converters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
