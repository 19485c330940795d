using System.Collections;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The converters asked for every parameter, in their order.</summary>
public sealed class InputConverterCollection : IEnumerable<Type>
{
    private readonly List<Type> _converters = [];

    /// <summary>Adds a converter behind the others.</summary>
    public void Register<T>()
        where T : IInputConverter => Register(typeof(T));

    /// <inheritdoc cref="Register{T}"/>
    public void Register(Type converterType) => RegisterAt(converterType, _converters.Count);

    /// <param name="index">0 for the first to be asked.</param>
    public void RegisterAt<T>(int index)
        where T : IInputConverter => RegisterAt(typeof(T), index);

    /// <exception cref="InvalidOperationException">The type is no <see cref="IInputConverter"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is below 0 or above the number of converters.</exception>
    public void RegisterAt(Type converterType, int index)
    {
        ArgumentNullException.ThrowIfNull(converterType);
        if (!typeof(IInputConverter).IsAssignableFrom(converterType))
            throw new InvalidOperationException($"{converterType.Name} must implement {typeof(IInputConverter)} to be used as an input converter.");
        _converters.Insert(index, converterType);
    }

    public void Clear() => _converters.Clear();

    public IEnumerator<Type> GetEnumerator() => _converters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
