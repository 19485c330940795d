using Microsoft.Extensions.Logging;
using ProspectOps.Operations;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>Sends a fresh message for each batch whose own is lost, or lies hidden with a process that died.</summary>
public sealed class DeliverySweeper(DeliveryStore deliveries, DeadLetterRecorder deadLetters, DueStore due, IStorage storage, ProcessIdentity process, TimeProvider clock, ILogger<DeliverySweeper> log)
{
    public const string Kind = "deliveries";

    // Longer than the planner's grace.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);

    /// <param name="othersAreDead">Whether no other process can be at work, so that its leases do not count.</param>
    /// <returns>Batches for which a message was sent.</returns>
    public async Task<int> SweepAsync(bool othersAreDead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sent = 0;
        // Where nobody else lives, what a dead sender, or the sweep before it died, meant to look at soon is due now.
        await due.ForEachAsync(
            Kind, othersAreDead ? now + AskAgainAfter : now, async item => sent += await RemindAsync(item, othersAreDead, now, cancellationToken) ? 1 : 0, cancellationToken);
        if (sent > 0)
            log.DeliveriesSentAgain(sent);
        return sent;
    }

    private async Task<bool> RemindAsync(DueItem item, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (endpointId, name) = item.Id.Split('|') is [var endpoint, var batchName] ? (endpoint, batchName) : ("", "");
        var batch = await deadLetters.FindAsync(item.Tenant, endpointId, name, cancellationToken);
        if (batch is null)
        {
            // A reminder comes before its batch; one that stays alone for ten minutes was left by a crash, or reminds of what cannot be read.
            if (item.At < now - TimeSpan.FromMinutes(10))
                await due.RemoveAsync(Kind, item.Row, cancellationToken);
            return false;
        }
        if (batch.DueRow != item.Row || (!batch.HasOpen && batch.Effects is null))
        {
            await due.RemoveAsync(Kind, item.Row, cancellationToken);
            return false;
        }
        var held = batch.LeaseUntil > now && !(othersAreDead && batch.Owner != process.Name);
        if (held)
            return false;
        var next = DueStore.RowOf(now + AskAgainAfter, batch.Tenant, item.Id);
        await due.AddAsync(Kind, next, cancellationToken);
        if (await deliveries.TryReplaceAsync(batch with { DueRow = next, Owner = null, LeaseUntil = null }, cancellationToken) is null)
        {
            await due.RemoveAsync(Kind, next, cancellationToken);
            return false;
        }
        await due.RemoveAsync(Kind, item.Row, cancellationToken);
        await _queue.SendAsync(
            DeliveryMessage.Of(batch),
            DeliveryMessage.DelayUntil(batch.NextAttemptAt ?? now, now), cancellationToken);
        return true;
    }
}
