using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Research;

/// <summary>Table <c>AgentPacks</c>: tenant · industry.</summary>
public sealed class AgentStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("AgentPacks");
    private readonly PayloadStore _packs = new(storage.Blobs("agent-packs"));

    public async Task<Agent?> FindAsync(TenantId tenant, string industry, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, industry, cancellationToken) is { } row ? await ReadAsync(row, cancellationToken) : null;

    /// <summary>All of a tenant's, without their packs.</summary>
    public async Task<IReadOnlyList<Agent>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var agents = new List<Agent>();
        await foreach (var row in _table.RangeAsync(tenant.Value, "", "~", 1000, cancellationToken))
            agents.Add(Read(row, null));
        return agents;
    }

    public async Task SaveAsync(TenantId tenant, Agent agent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var row = new TableRow(tenant.Value, agent.Industry)
        {
            ["Status"] = agent.Status.ToString(),
            ["Source"] = agent.Source,
            ["BuiltAt"] = agent.BuiltAt,
            ["ExpiresAt"] = agent.ExpiresAt,
            ["Error"] = agent.Error,
            ["Notes"] = agent.Notes,
        };
        if (agent.Pack is { } pack)
            await _packs.PutAsync(row, pack, $"{tenant.Value}/{agent.Industry}", cancellationToken);
        await _table.UpsertAsync(row, cancellationToken);
    }

    private async Task<Agent> ReadAsync(TableRow row, CancellationToken cancellationToken) =>
        Read(row, row.Bytes("Data") is null && row.Text("DataBlob") is null ? null : await _packs.GetAsync<IndustryPack>(row, cancellationToken));

    private static Agent Read(TableRow row, IndustryPack? pack) => new(
        row.Row,
        Enum.Parse<AgentStatus>(row.Text("Status") ?? nameof(AgentStatus.Absent)),
        row.Text("Source") ?? "rules",
        row.Time("BuiltAt"),
        row.Time("ExpiresAt"),
        row.Text("Error"),
        row.Text("Notes"),
        pack);
}
