using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;
using ProspectOps.Tests.Platform.Storage;

namespace ProspectOps.Tests.Tenancy;

/// <summary>All that is a tenant's goes, and nothing that is not.</summary>
public abstract class DeletionContract(IStorage storage, ITenantErasure erasure)
{
    private readonly FakeClock _clock = new();
    private readonly InboundKeyStore _inbound = new(storage, new FakeClock());
    private readonly string _table = SomeNames.Table();
    private readonly string _container = SomeNames.Container();

    [Fact]
    public async Task Every_row_and_blob_of_a_tenant_goes_and_its_neighbours_stay()
    {
        using var process = new TenancyProcess(storage, _clock);
        var keys = 0;
        var (gone, neighbour) = ($"ten_{Guid.NewGuid():N}"[..20], "");
        neighbour = gone + "0";
        await process.TenantStore.AddAsync(new Tenant { Id = TenantId.Parse(gone), Name = "Gone", CreatedAt = _clock.Now }, default);
        await process.NewCallerAsync(TenantId.Parse(gone), "*");
        foreach (var tenant in new[] { gone, neighbour })
        {
            foreach (var partition in new[] { tenant, $"{tenant}|a", $"{tenant}|b|3" })
            {
                for (var number = 0; number < 120; number++)
                    await storage.Table(_table).UpsertAsync(new TableRow(partition, $"r{number}"), default);
            }
            for (var number = 0; number < 3; number++)
                await storage.Blobs(_container).WriteAsync($"{tenant}/x/{number}", new byte[1], default);
            foreach (var campaign in new[] { "cmp_1", "cmp_1", "cmp_2" })
                await _inbound.PutInUseAsync(TenantId.Parse(tenant), InboundPurpose.Clay, campaign, KeyIdOf(tenant, keys++), default);
        }
        var service = new DeletionService(
            erasure, new DeletionStore(storage), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, [_inbound], _clock, NullLogger<DeletionService>.Instance);

        await service.BeginAsync(TenantId.Parse(gone), default);
        var plan = await service.PlanAsync(default);
        var (rows, blobs) = (new DeletionStep(gone, _table, true), new DeletionStep(gone, _container, false));
        var counted = (await service.CountAsync(rows, default), await service.CountAsync(blobs, default));
        while (await service.EraseAsync(rows, default) || await service.EraseAsync(blobs, default))
            continue;
        var elsewhere = await service.CountElsewhereAsync(gone, default);
        var left = (await service.CountAsync(rows, default), await service.CountAsync(blobs, default));
        await service.FinishAsync(new DeletionResult(gone, new Dictionary<string, long> { [_table] = counted.Item1 }, new Dictionary<string, long> { [_container] = counted.Item2 }), default);

        Assert.Contains(_table, plan.Tables);
        Assert.Contains(_container, plan.Containers);
        Assert.Equal(((360, 3), (0, 0)), (counted, left));
        Assert.Equal([("ApiKeys", 1), ("InboundKeys", 3)], elsewhere.Select(one => (one.Key, one.Value)).Order());
        foreach (var number in Enumerable.Range(0, 6))
            Assert.Equal(number >= 3, await new InboundKeyStore(storage, _clock).FindAsync(KeyIdOf(number < 3 ? gone : neighbour, number), default) is not null);
        Assert.Equal((0, 3), (await _inbound.CountAsync(TenantId.Parse(gone), default), await _inbound.CountAsync(TenantId.Parse(neighbour), default)));
        Assert.Equal(360, await service.CountAsync(rows with { Tenant = neighbour }, default));
        Assert.Equal(3, await service.CountAsync(blobs with { Tenant = neighbour }, default));
        Assert.Null(await process.TenantStore.FindAsync(TenantId.Parse(gone), default));
        Assert.Equal(0, await process.KeyStore.ListAsync(TenantId.Parse(gone), "", 10, default).CountAsync());
        var deletion = await service.FindAsync((await process.NewCallerAsync(TenantId.Default, "*")).Caller, gone, default);
        Assert.Equal((TenantDeletion.Completed, 360), (deletion.Status, deletion.Tables[_table]));
    }

    [Fact]
    public async Task What_is_counted_is_shown_while_it_goes_on_to_the_operator_alone()
    {
        using var process = new TenancyProcess(storage, _clock);
        var service = new DeletionService(
            erasure, new DeletionStore(storage), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, [_inbound], _clock, NullLogger<DeletionService>.Instance);
        var (tenant, stranger) = (TenantId.Parse($"ten_{Guid.NewGuid():N}"[..20]), TenantId.Parse($"ten_{Guid.NewGuid():N}"[..20]));
        await process.TenantStore.AddAsync(new Tenant { Id = stranger, Name = "Stranger", CreatedAt = _clock.Now }, default);
        var (operatorKey, strangers) = ((await process.NewCallerAsync(TenantId.Default, "*")).Caller, (await process.NewCallerAsync(stranger, "*")).Caller);
        await service.BeginAsync(tenant, default);
        var begun = await service.FindAsync(operatorKey, tenant.Value, default);
        _clock.Pass(TimeSpan.FromSeconds(10));

        await service.NoteAsync(new DeletionResult(tenant.Value, new Dictionary<string, long> { ["Prospects"] = 7 }, new Dictionary<string, long>()), default);

        var shown = await service.FindAsync(operatorKey, tenant.Value, default);
        Assert.Equal((TenantDeletion.Running, 7, begun.StartedAt), (shown.Status, shown.Tables["Prospects"], shown.StartedAt));
        Assert.Equal("operator_only", (await Assert.ThrowsAsync<DomainException>(() => service.FindAsync(strangers, tenant.Value, default))).Error.Code);
        Assert.Equal("tenant_not_found", (await Assert.ThrowsAsync<DomainException>(() => service.FindAsync(operatorKey, "ten_nobody", default))).Error.Code);
    }

    [Fact]
    public async Task Whoever_sees_that_it_is_over_finds_the_tenant_gone()
    {
        using var process = new TenancyProcess(storage, _clock);
        var tenant = TenantId.Parse($"ten_{Guid.NewGuid():N}"[..20]);
        await process.TenantStore.AddAsync(new Tenant { Id = tenant, Name = "Gone", CreatedAt = _clock.Now }, default);
        var (meddled, isThere) = (new MeddledStorage(storage), true);
        meddled.Once(call => call is { Place: "TenantDeletions", Operation: "upsert" }, CallFate.Arrives, async () => isThere = await process.TenantStore.FindAsync(tenant, default) is not null);
        var service = new DeletionService(
            erasure, new DeletionStore(meddled), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, [_inbound], _clock, NullLogger<DeletionService>.Instance);

        await service.FinishAsync(new DeletionResult(tenant.Value, new Dictionary<string, long>(), new Dictionary<string, long>()), default);

        Assert.False(isThere);
    }

    private static string KeyIdOf(string tenant, int number) => tenant[4..20].PadRight(25, '0') + number;

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    [InlineData("a|b")]
    public async Task Default_and_what_is_no_tenant_are_never_erased(string tenant)
    {
        using var process = new TenancyProcess(storage, _clock);
        var service = new DeletionService(
            erasure, new DeletionStore(storage), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, [_inbound], _clock, NullLogger<DeletionService>.Instance);

        await Assert.ThrowsAnyAsync<Exception>(() => service.EraseAsync(new DeletionStep(tenant, "Tenants", true), default));
    }
}
