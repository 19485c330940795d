namespace ProspectOps.Tenancy;

/// <summary>Warns, by event <c>key.rotation_due</c>, 14, 7 and 1 days before a key should be rotated, each once; and makes what is listed of a key what signs in.</summary>
public sealed class KeyReminder(KeyStore keys, TenantStore tenants, ITenantEvents events, TimeProvider clock)
{
    private const int Page = 200;

    private static readonly int[] DaysBefore = [1, 7, 14];

    /// <returns>Warnings given.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var warned = await WarnAsync(TenantId.Default, cancellationToken);
        var after = "";
        while (true)
        {
            var page = await tenants.ListAsync(after, Page, cancellationToken);
            foreach (var tenant in page.Where(tenant => !tenant.Id.IsOperator && tenant.Status == TenantStatus.Active))
                warned += await WarnAsync(tenant.Id, cancellationToken);
            if (page.Count < Page)
                return warned;
            after = page[^1].Id.Value;
        }
    }

    private async Task<int> WarnAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var warned = 0;
        var now = clock.GetUtcNow();
        await foreach (var key in keys.ListAsync(tenant, "", 1000, cancellationToken))
        {
            // A process that died between listing a revocation and making it so.
            if (key.RevokedAt > now.AddDays(-1) && await keys.FindAsync(key.KeyId, cancellationToken) is { RevokedAt: null })
                await keys.PublishAsync(key, cancellationToken);
            if (key.RotationDueAt is not { } due || !key.IsUsableAt(now) || DaysBefore.FirstOrDefault(days => due - now <= TimeSpan.FromDays(days)) is not (> 0 and var reached))
                continue;
            if (await keys.WarnedAsync(key, cancellationToken) <= reached)
                continue;
            var data = new { keyId = $"key_{key.KeyId}", key.Name, rotationDueAt = due, days = reached };
            await events.RaiseAsync(new TenantNotice(tenant, "key.rotation_due", $"{key.KeyId}|{reached}", data), cancellationToken);
            await keys.SaveWarnedAsync(key, reached, cancellationToken);
            warned++;
        }
        return warned;
    }
}
