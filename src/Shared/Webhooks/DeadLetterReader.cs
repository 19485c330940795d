using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Lists, searches, clusters and deletes dead letters.</summary>
public sealed class DeadLetterReader(DeadLetterStore letters)
{
    private const int PageSize = 1_000;

    /// <param name="after">Where the page before ended, or empty.</param>
    /// <returns>Up to that many, by endpoint, newest first, and where the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<DeadLetter> Items, string? Next)> ListAsync(TenantId tenant, DeadLetterFilter filter, string after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var items = new List<DeadLetter>(limit);
        await foreach (var letter in letters.RangeAsync(tenant, filter.EndpointId, after, Math.Min(limit + 1, PageSize), cancellationToken))
        {
            if (!filter.Takes(letter))
                continue;
            if (items.Count == limit)
                return (items, items[^1].DeliveryId);
            items.Add(letter);
        }
        return (items, null);
    }

    /// <exception cref="DomainException"><c>dead_letter_not_found</c>.</exception>
    public async Task<DeadLetter> GetAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken) =>
        IsId(deliveryId) && await letters.FindAsync(tenant, deliveryId, cancellationToken) is { } letter ? letter : throw new DomainException(WebhookErrors.DeadLetterNotFound);

    /// <summary>What the letters died of, the most frequent first.</summary>
    public async Task<IReadOnlyList<DeadLetterCluster>> ClustersAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var clusters = new Dictionary<string, DeadLetterCluster>(StringComparer.Ordinal);
        await foreach (var letter in letters.RangeAsync(tenant, null, "", PageSize, cancellationToken))
        {
            var one = new DeadLetterCluster(letter.ClusterId, letter.EndpointId, letter.Status, letter.Cause, letter.Answer, 1, letter.DeadAt, letter.DeadAt, letter.DeliveryId);
            if (!clusters.TryGetValue(letter.ClusterId, out var known))
                clusters[letter.ClusterId] = one;
            else if (letter.DeadAt > known.LastDeadAt)
                clusters[letter.ClusterId] = one with { Count = known.Count + 1, FirstDeadAt = known.FirstDeadAt };
            else
                clusters[letter.ClusterId] = known with { Count = known.Count + 1, FirstDeadAt = letter.DeadAt < known.FirstDeadAt ? letter.DeadAt : known.FirstDeadAt };
        }
        return [.. clusters.Values.OrderByDescending(cluster => cluster.Count).ThenBy(cluster => cluster.ClusterId, StringComparer.Ordinal)];
    }

    public async Task<int> CountAsync(TenantId tenant, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var count = 0;
        await foreach (var letter in letters.RangeAsync(tenant, filter.EndpointId, "", PageSize, cancellationToken))
            count += filter.Takes(letter) && letter.Batch is not null ? 1 : 0;
        return count;
    }

    /// <returns>How many were deleted.</returns>
    public async Task<int> PurgeAsync(TenantId tenant, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var count = 0;
        await foreach (var letter in letters.RangeAsync(tenant, filter.EndpointId, "", PageSize, cancellationToken))
        {
            if (!filter.Takes(letter))
                continue;
            await letters.DeleteAsync(tenant, letter.DeliveryId, cancellationToken);
            count++;
        }
        return count;
    }

    /// <exception cref="DomainException"><c>dead_letter_not_found</c>.</exception>
    public async Task DeleteAsync(TenantId tenant, string deliveryId, CancellationToken cancellationToken)
    {
        await GetAsync(tenant, deliveryId, cancellationToken);
        await letters.DeleteAsync(tenant, deliveryId, cancellationToken);
    }

    private static bool IsId(string id) => id.Length < 100 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
