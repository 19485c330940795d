using System.Collections;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A list that holds its reader up after the first item.</summary>
internal sealed class Slowly<T>(IReadOnlyList<T> inner, Action afterFirst) : IReadOnlyList<T>
{
    public int Count => inner.Count;

    public T this[int index] => inner[index];

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < inner.Count; index++)
        {
            yield return inner[index];
            if (index == 0)
                afterFirst();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
