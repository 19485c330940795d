using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Does something with many deliveries of an endpoint. Each may run twice.</summary>
public sealed class EndpointWorkHandler(DeliveryStore deliveries, EndpointStore endpoints, DeadLetterStore letters, DeliveryReopening reopening, ReplayService replays, DeliverySettlement settlement, IStorage storage, TimeProvider clock)
{
    // By then a store that was away is back.
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(5);

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);
    private readonly IQueue<EndpointWorkMessage> _work = storage.Queue<EndpointWorkMessage>(EndpointWorkMessage.Queue);

    public Task HandleAsync(EndpointWorkMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryRecorded(message.TenantId, out var tenant))
            return Task.CompletedTask; // not one of ours
        return message.Kind switch
        {
            EndpointWorkKind.Release => ReleaseAsync(tenant, message, cancellationToken),
            EndpointWorkKind.End => EndAsync(tenant, message, cancellationToken),
            EndpointWorkKind.Replay => replays.RunAsync(tenant, message.Id!, cancellationToken),
            EndpointWorkKind.RetryDeadLetters => RetryAllAsync(tenant, message, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Has work that was given up begun again: nothing but its message knows of it.</summary>
    /// <param name="raw">The message, whatever it holds.</param>
    /// <returns>What will be begun again; null where it cannot be read.</returns>
    public async Task<EndpointWorkMessage?> BeginAgainAsync(byte[] raw, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raw);
        try
        {
            if (JsonSerializer.Deserialize<EndpointWorkMessage>(raw, JsonDefaults.Options) is not { } message || !TenantId.TryRecorded(message.TenantId, out _))
                return null;
            await _work.SendAsync(message, AgainAfter, cancellationToken);
            return message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Has all dead letters sent again, of one endpoint or of all.</summary>
    public Task RetryLaterAsync(TenantId tenant, string? endpointId, CancellationToken cancellationToken) =>
        _work.SendAsync(EndpointWorkMessage.RetryAll(tenant, endpointId ?? ""), TimeSpan.Zero, cancellationToken);

    /// <summary>Makes due what was held.</summary>
    private async Task ReleaseAsync(TenantId tenant, EndpointWorkMessage message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isBusy = false;
        await foreach (var batch in deliveries.RangeAsync(tenant, message.EndpointId, "", 200, cancellationToken))
        {
            if (!batch.States.Contains(DeliveryState.Waiting, StringComparison.Ordinal))
                continue;
            var held = Enumerable.Range(0, batch.States.Length).Where(index => batch.States[index] == DeliveryState.Waiting).ToArray();
            if (batch.LeaseUntil > now || await deliveries.TryReplaceAsync(BatchOutcome.PutOff(batch, held, now, isHeld: true), cancellationToken) is not { } released)
                isBusy = true;
            else
                await _queue.SendAsync(DeliveryMessage.Of(released), TimeSpan.Zero, cancellationToken);
        }
        if (isBusy)
            await _work.SendAsync(message, TimeSpan.FromSeconds(10), cancellationToken);
    }

    private async Task EndAsync(TenantId tenant, EndpointWorkMessage message, CancellationToken cancellationToken)
    {
        if (await endpoints.ReadAsync(tenant, message.EndpointId, cancellationToken) is not null)
            return;
        var isBusy = false;
        await foreach (var batch in deliveries.RangeAsync(tenant, message.EndpointId, "", 200, cancellationToken))
        {
            if (!batch.HasOpen)
                continue;
            var ended = BatchOutcome.Ended(batch, DeliverySettlement.EndpointDeleted) with { Turn = batch.Turn + 1 };
            if (batch.LeaseUntil > clock.GetUtcNow() || await deliveries.TryReplaceAsync(ended, cancellationToken) is not { } recorded)
                isBusy = true;
            else
                await settlement.SettleAsync(recorded, cancellationToken);
        }
        if (isBusy)
            await _work.SendAsync(message, TimeSpan.FromSeconds(10), cancellationToken);
    }

    private async Task RetryAllAsync(TenantId tenant, EndpointWorkMessage message, CancellationToken cancellationToken)
    {
        var batches = new Dictionary<(string EndpointId, string Batch), List<int>>();
        await foreach (var letter in letters.RangeAsync(tenant, message.EndpointId.Length == 0 ? null : message.EndpointId, "", 1000, cancellationToken))
        {
            if (letter is not { EndpointId: { } endpointId, Batch: { } batch })
                continue;
            if (!batches.TryGetValue((endpointId, batch), out var indices))
                batches[(endpointId, batch)] = indices = [];
            indices.Add(letter.Index);
        }
        var isBusy = false;
        foreach (var ((endpointId, batch), indices) in batches)
        {
            try
            {
                await reopening.ReopenAsync(tenant, endpointId, batch, indices, null, cancellationToken);
            }
            catch (DomainException e) when (e.Error == WebhookErrors.DeliveryBusy)
            {
                isBusy = true;
            }
            catch (DomainException)
            {
                // The endpoint is disabled or gone: its letters stay.
            }
        }
        if (isBusy)
            await _work.SendAsync(message, TimeSpan.FromSeconds(10), cancellationToken);
    }
}
