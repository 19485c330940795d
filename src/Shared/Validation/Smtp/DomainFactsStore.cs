using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Validation.Smtp;

/// <summary>System table <c>DomainFacts</c>: 2 hex of the domain's SHA-256 · domain. What mail servers said of a whole domain, shared by all
/// tenants; it holds no address.</summary>
public sealed class DomainFactsStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("DomainFacts");

    public async Task<DomainFacts?> FindAsync(string domain, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(domain), domain, cancellationToken) is { } row
            ? new DomainFacts(domain, row.Flag("CatchAll"), row.Text("Family") ?? "", row.Text("Host") ?? "", row.Time("FoundAt")!.Value, row.Time("ExpiresAt")!.Value)
            : null;

    public Task PutAsync(DomainFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return _table.UpsertAsync(
            new TableRow(Partition(facts.Domain), facts.Domain)
            {
                ["CatchAll"] = facts.IsCatchAll,
                ["Family"] = facts.Family,
                ["Host"] = facts.Host,
                ["FoundAt"] = facts.FoundAt,
                ["ExpiresAt"] = facts.ExpiresAt,
            },
            cancellationToken);
    }

    private static string Partition(string domain) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(domain)).AsSpan(0, 1));
}
