using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy;

/// <summary>Table <c>Tenants</c>, a system table: <c>tenant</c> · id. Tenant <c>default</c> needs no row.</summary>
public sealed class TenantStore(IStorage storage)
{
    private const string Partition = "tenant";

    private readonly ITable _table = storage.Table("Tenants");

    public Task AddAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return _table.TryInsertAsync(
            new TableRow(Partition, tenant.Id.Value) { ["Name"] = tenant.Name, ["Status"] = tenant.Status.ToString(), ["CreatedAt"] = tenant.CreatedAt },
            cancellationToken);
    }

    public async Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition, tenant.Value, cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<Tenant>> ListAsync(string after, int limit, CancellationToken cancellationToken)
    {
        var tenants = new List<Tenant>();
        await foreach (var row in _table.RangeAsync(Partition, after + "!", "~", limit, cancellationToken))
        {
            tenants.Add(Read(row));
            if (tenants.Count == limit)
                break;
        }
        return tenants;
    }

    private static Tenant Read(TableRow row) => new(
        TenantId.Parse(row.Row), row.Text("Name") ?? "", Enum.Parse<TenantStatus>(row.Text("Status") ?? nameof(TenantStatus.Active)), row.Time("CreatedAt") ?? default);
}
