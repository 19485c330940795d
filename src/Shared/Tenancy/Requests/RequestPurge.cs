namespace ProspectOps.Tenancy.Requests;

/// <summary>Forgets requests that are older than 30 days.</summary>
public sealed class RequestPurge(RequestStore store, TenantStore tenants, TimeProvider clock)
{
    private const int Page = 200;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <returns>Hours forgotten.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var forgotten = await PurgeAsync(TenantId.Default, cancellationToken);
        var after = "";
        while (true)
        {
            var page = await tenants.ListAsync(after, Page, cancellationToken);
            foreach (var tenant in page.Where(tenant => !tenant.Id.IsOperator))
                forgotten += await PurgeAsync(tenant.Id, cancellationToken);
            if (page.Count < Page)
                return forgotten;
            after = page[^1].Id.Value;
        }
    }

    private async Task<int> PurgeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var last = RequestStore.HourOf(clock.GetUtcNow() - KeptFor);
        var old = (await store.HoursAsync(tenant, cancellationToken)).Where(hour => string.CompareOrdinal(hour, last) < 0).ToArray();
        foreach (var hour in old)
            await store.DeleteHourAsync(tenant, hour, cancellationToken);
        return old.Length;
    }
}
