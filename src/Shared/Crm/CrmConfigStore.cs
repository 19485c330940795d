using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Crm;

/// <summary>Table <c>CrmConfigs</c>: tenant · <c>config</c>.</summary>
public sealed class CrmConfigStore(IStorage storage)
{
    private const string Row = "config";

    private readonly ITable _table = storage.Table("CrmConfigs");

    /// <summary>The usual one where none was set.</summary>
    public async Task<CrmConfig> GetAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, Row, cancellationToken) is { } row ? PackedJson.Unpack<CrmConfig>(row.Bytes("Config")!) : CrmConfig.Usual;

    public Task PutAsync(TenantId tenant, CrmConfig config, CancellationToken cancellationToken) =>
        _table.UpsertAsync(new TableRow(tenant.Value, Row) { ["Config"] = PackedJson.Pack(config) }, cancellationToken);
}
