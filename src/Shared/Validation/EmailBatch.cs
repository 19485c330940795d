namespace ProspectOps.Validation;

/// <summary>What came of a batch.</summary>
/// <param name="Checked">One for each address given, in the same order.</param>
/// <param name="CacheHits">Addresses that a remembered verdict answered.</param>
/// <param name="CacheMisses">Addresses that were looked for and not remembered. Those that do not parse, or that a rule decides, are neither.</param>
public sealed record EmailBatch(IReadOnlyList<CheckedEmail> Checked, int CacheHits, int CacheMisses)
{
    public IReadOnlyList<ValidationResult> Results => [.. Checked.Select(one => one.Result)];
}
