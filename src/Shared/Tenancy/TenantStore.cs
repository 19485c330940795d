using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy;

/// <summary>Table <c>Tenants</c>, a system table: <c>tenant</c> · id. Tenant <c>default</c> has a row only once it was changed.</summary>
public sealed class TenantStore(IStorage storage)
{
    private const string Partition = "tenant";

    private readonly ITable _table = storage.Table("Tenants");

    /// <summary>Adds it; one with that id already there stays as it is.</summary>
    public Task<bool> AddAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return _table.TryInsertAsync(Write(tenant), cancellationToken);
    }

    public async Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition, tenant.Value, cancellationToken) is { } row ? Read(row)
        : tenant.IsOperator ? new Tenant { Id = tenant, Name = "Operator", CreatedAt = DateTimeOffset.UnixEpoch }
        : null;

    /// <summary>False where somebody changed it since it was read.</summary>
    public async Task<bool> TryReplaceAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Version is null
            ? await _table.TryInsertAsync(Write(tenant), cancellationToken)
            : await _table.TryReplaceAsync(Write(tenant), cancellationToken) is not null;
    }

    public Task DeleteAsync(TenantId tenant, CancellationToken cancellationToken) => _table.DeleteAsync(Partition, tenant.Value, cancellationToken);

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

    private static TableRow Write(Tenant tenant) => new(Partition, tenant.Id.Value)
    {
        ["Name"] = tenant.Name,
        ["Status"] = tenant.Status.ToString(),
        ["Settings"] = JsonSerializer.Serialize(tenant.Settings, JsonDefaults.Options),
        ["Quotas"] = JsonSerializer.Serialize(tenant.Quotas, JsonDefaults.Options),
        ["CreatedAt"] = tenant.CreatedAt,
        Version = tenant.Version,
    };

    private static Tenant Read(TableRow row) => new()
    {
        Id = TenantId.Recorded(row.Row),
        Name = row.Text("Name") ?? "",
        Status = Enum.Parse<TenantStatus>(row.Text("Status") ?? nameof(TenantStatus.Active)),
        Settings = row.Text("Settings") is { } settings ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(settings, JsonDefaults.Options)! : new Dictionary<string, JsonElement>(),
        Quotas = row.Text("Quotas") is { } quotas ? JsonSerializer.Deserialize<QuotaSettings>(quotas, JsonDefaults.Options)! : QuotaSettings.None,
        CreatedAt = row.Time("CreatedAt") ?? default,
        Version = row.Version,
    };
}
