using ProspectOps.Platform.Storage;

namespace ProspectOps.Platform.Idempotency;

/// <summary>A request under its idempotency key.</summary>
public sealed class IdempotentRequest
{
    internal IdempotentRequest(TableRow row, IdempotentReply? reply) => (Row, Reply) = (row, reply);

    /// <summary>The first one's answer; null where this request is to do the work.</summary>
    public IdempotentReply? Reply { get; }

    /// <summary>What the ids of all that is created derive from.</summary>
    public string Seed => Row.Text("Seed") ?? throw new InvalidOperationException("The row has no seed.");

    internal TableRow Row { get; }
}
