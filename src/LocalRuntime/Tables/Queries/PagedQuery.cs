namespace Azure.Data.Tables;

/// <summary>A query that fetches its next page when it is asked for.</summary>
/// <param name="fetch">Fetches a page by token and size; both may be null.</param>
/// <param name="pageSize">Rows per page, not a total; null for the service's 1,000.</param>
internal sealed class PagedQuery<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch, int? pageSize, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken) where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await fetch(continuationToken, pageSizeHint ?? pageSize, CancellationToken);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, cancellationToken);
        string? token = null;
        do
        {
            var page = await fetch(token, pageSize, either.Token);
            foreach (var value in page.Values)
                yield return value;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
