using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>What came of an attempt to take units.</summary>
/// <param name="Scarcest">The window with least left.</param>
/// <param name="Rows">The windows' counters as they are now.</param>
internal sealed record QuotaTake(long Granted, QuotaWindow Scarcest, IReadOnlyList<TableRow> Rows);
