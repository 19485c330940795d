namespace ProspectOps.Validation.Import;

/// <summary>What came of an import.</summary>
/// <param name="Imported">Verdicts that now answer.</param>
/// <param name="Expired">Verdicts too old to answer.</param>
/// <param name="Superseded">Verdicts older than what is remembered of the address.</param>
/// <param name="Rejected">Rows without an address or a verdict that is known: the first thousand.</param>
public sealed record ImportView(ImportVendor Vendor, long Rows, long Imported, long Expired, long Superseded, long RejectedCount, IReadOnlyDictionary<string, long> ByVerdict, IReadOnlyList<RejectedImport> Rejected);
