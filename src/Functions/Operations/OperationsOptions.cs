namespace ProspectOps.Functions.Operations;

/// <summary>Settings <c>Operations:…</c>.</summary>
public sealed class OperationsOptions
{
    /// <summary>Days after their creation for which ended orchestrations are kept; 1 to 3,650.</summary>
    public int PurgeAfterDays { get; init; } = 30;

    public bool AreValid => PurgeAfterDays is >= 1 and <= 3_650;
}
