using System.Collections.Concurrent;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation;

/// <summary>Table <c>Rules</c>: tenant · <c>rules</c>; all of a tenant's rules in their order, in one row.</summary>
public sealed class RuleStore(IStorage storage, TimeProvider clock)
{
    private const string Row = "rules";
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(2);

    private readonly ITable _table = storage.Table("Rules");
    private readonly ConcurrentDictionary<TenantId, (IReadOnlyList<ValidationRule> Rules, long ReadAt)> _known = new();

    /// <summary>As they were within the last 2 s.</summary>
    public async ValueTask<IReadOnlyList<ValidationRule>> GetAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Rules;
        var row = await _table.FindAsync(tenant.Value, Row, cancellationToken);
        IReadOnlyList<ValidationRule> rules = row?.Bytes("Rules") is { } packed ? PackedJson.Unpack<List<ValidationRule>>(packed) : [];
        _known[tenant] = (rules, clock.GetTimestamp());
        return rules;
    }

    public async Task PutAsync(TenantId tenant, IReadOnlyList<ValidationRule> rules, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(new TableRow(tenant.Value, Row) { ["Rules"] = PackedJson.Pack(rules) }, cancellationToken);
        _known.TryRemove(tenant, out _);
    }
}
