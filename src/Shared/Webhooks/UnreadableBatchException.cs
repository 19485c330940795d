namespace ProspectOps.Webhooks;

/// <summary>A row of table <c>Deliveries</c> that this version cannot read.</summary>
public sealed class UnreadableBatchException(string name, string reason, Exception? cause = null) : Exception($"Batch {name} cannot be read: {reason}", cause)
{
    /// <summary>What is wrong with it.</summary>
    public string Reason => reason;
}
