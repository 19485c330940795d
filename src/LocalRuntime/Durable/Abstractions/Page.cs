namespace Microsoft.DurableTask;

/// <summary>A part of a list. It may be short, or empty, and yet have a successor.</summary>
public sealed class Page<T>
    where T : notnull
{
    /// <param name="values">What is in the page.</param>
    /// <param name="continuationToken">Where the next page begins; <see langword="null"/> on the last.</param>
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    public IReadOnlyList<T> Values { get; }

    public string? ContinuationToken { get; }
}
