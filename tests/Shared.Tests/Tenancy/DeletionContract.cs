using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;
using ProspectOps.Tests.Platform.Storage;

namespace ProspectOps.Tests.Tenancy;

/// <summary>All that is a tenant's goes, and nothing that is not.</summary>
public abstract class DeletionContract(IStorage storage, ITenantErasure erasure)
{
    private readonly FakeClock _clock = new();
    private readonly string _table = SomeNames.Table();
    private readonly string _container = SomeNames.Container();

    [Fact]
    public async Task Every_row_and_blob_of_a_tenant_goes_and_its_neighbours_stay()
    {
        using var process = new TenancyProcess(storage, _clock);
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
        }
        var service = new DeletionService(
            erasure, new DeletionStore(storage), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, _clock, NullLogger<DeletionService>.Instance);

        await service.BeginAsync(TenantId.Parse(gone), default);
        var plan = await service.PlanAsync(default);
        var (rows, blobs) = (new DeletionStep(gone, _table, true), new DeletionStep(gone, _container, false));
        var counted = (await service.CountAsync(rows, default), await service.CountAsync(blobs, default));
        while (await service.EraseAsync(rows, default) || await service.EraseAsync(blobs, default))
            continue;
        var left = (await service.CountAsync(rows, default), await service.CountAsync(blobs, default));
        await service.FinishAsync(new DeletionResult(gone, new Dictionary<string, long> { [_table] = counted.Item1 }, new Dictionary<string, long> { [_container] = counted.Item2 }), default);

        Assert.Contains(_table, plan.Tables);
        Assert.Contains(_container, plan.Containers);
        Assert.Equal(((360, 3), (0, 0)), (counted, left));
        Assert.Equal(360, await service.CountAsync(rows with { Tenant = neighbour }, default));
        Assert.Equal(3, await service.CountAsync(blobs with { Tenant = neighbour }, default));
        Assert.Null(await process.TenantStore.FindAsync(TenantId.Parse(gone), default));
        Assert.Equal(0, await process.KeyStore.ListAsync(TenantId.Parse(gone), "", 10, default).CountAsync());
        Assert.Equal((TenantDeletion.Completed, 360), ((await service.FindAsync(TenantId.Parse(gone), default))!.Status, (await service.FindAsync(TenantId.Parse(gone), default))!.Tables[_table]));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    [InlineData("a|b")]
    public async Task Default_and_what_is_no_tenant_are_never_erased(string tenant)
    {
        using var process = new TenancyProcess(storage, _clock);
        var service = new DeletionService(
            erasure, new DeletionStore(storage), process.TenantStore, process.TenantDirectory, process.KeyStore, process.KeyDirectory, _clock, NullLogger<DeletionService>.Instance);

        await Assert.ThrowsAnyAsync<Exception>(() => service.EraseAsync(new DeletionStep(tenant, "Tenants", true), default));
    }
}
