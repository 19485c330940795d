using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Makes dead letters of what the poison queue holds, and of what it should have held.</summary>
public sealed class DeadLetterRecorder(
    DeadLetterStore letters, DeliveryStore deliveries, DueStore due, EventPublisher events, WebhookMetrics metrics, IOptions<WebhooksOptions> options, TimeProvider clock, ILogger<DeadLetterRecorder> log)
{
    /// <summary>Kind of reminder: dead deliveries of a batch whose letters may be missing.</summary>
    internal const string Kind = "dead-letters";

    /// <summary>Kind of reminder: letters of a tenant that expire soon, or have.</summary>
    internal const string ExpiryKind = "dead-letter-expiry";

    private const int MostTextKept = 8_000;
    private const int MostAnswerKept = 500;
    private const int FaultsUntilDead = 3;

    private static readonly TimeSpan UsuallyRecordedWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(3);

    /// <summary>Reminds of a batch's dead deliveries, for the case that their message is lost.</summary>
    /// <returns>The reminder, to be taken away once they are recorded.</returns>
    public async Task<string> RemindAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var row = DueStore.RowOf(clock.GetUtcNow() + UsuallyRecordedWithin, batch.Tenant, $"{batch.EndpointId}|{batch.Name}");
        await due.AddAsync(Kind, row, cancellationToken);
        return row;
    }

    /// <summary>A batch to work on. Null where there is none; also where this version cannot read it: a dead letter then says so, and nobody tries it again.</summary>
    public async Task<DeliveryBatch?> FindAsync(TenantId tenant, string endpointId, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await deliveries.FindAsync(tenant, endpointId, name, cancellationToken);
        }
        catch (UnreadableBatchException e)
        {
            var id = $"raw_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpointId}|{name}")))[..32]}";
            if (await letters.FindAsync(tenant, id, cancellationToken) is null)
            {
                log.BatchUnreadable(name, endpointId, tenant.Value, e.Reason);
                await RecordAsync(tenant, [Letter(id, endpointId, "a batch that this version cannot read", e.Message)], cancellationToken);
            }
            return null;
        }
    }

    /// <summary>Records a message of the poison queue, whatever it holds; the same one twice is the same dead letters.</summary>
    public async Task RecordAsync(byte[] raw, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (!TryRead(raw, out var message, out var tenant))
        {
            var text = Encoding.UTF8.GetString(raw.AsSpan(0, Math.Min(raw.Length, MostTextKept)));
            var id = $"raw_{Convert.ToHexStringLower(SHA256.HashData(raw))[..32]}";
            await RecordAsync(TenantId.Default, [Letter(id, null, "unreadable message", text)], cancellationToken);
            return;
        }
        if (await FindAsync(tenant, message.EndpointId, message.Batch, cancellationToken) is not { } batch)
            return; // erased with its tenant, or not to be read
        if (message.Dead is null)
        {
            await NoteFaultAsync(batch, cancellationToken);
            return;
        }
        await RecordAsync(batch, [.. message.Dead.Select(dead => dead.Index)], message.Turn, cancellationToken);
        if (message.Reminder is { } reminder)
            await due.RemoveAsync(Kind, reminder, cancellationToken);
    }

    /// <summary>Makes the dead letters whose message was lost, warns of those that expire soon, deletes those that have.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var made = 0;
        await due.ForEachAsync(Kind, now, async item =>
        {
            if (item.Id.Split('|') is [var endpointId, var name] && await FindAsync(item.Tenant, endpointId, name, cancellationToken) is { } batch)
            {
                await RecordAsync(batch, [.. Enumerable.Range(0, batch.States.Length).Where(index => batch.States[index] == DeliveryState.Dead)], batch.Turn - 1, cancellationToken);
                made++;
            }
            await due.RemoveAsync(Kind, item.Row, cancellationToken);
        }, cancellationToken);
        if (made > 0)
            log.DeadLettersMade(made);
        await due.ForEachAsync(ExpiryKind, now, item => ExpireAsync(item, now, cancellationToken), cancellationToken);
    }

    private async Task RecordAsync(DeliveryBatch batch, IReadOnlyList<int> indices, int turn, CancellationToken cancellationToken)
    {
        // One that was sent again meanwhile is not dead.
        var dead = indices.Where(index => index < batch.Log.Count && batch.States[index] == DeliveryState.Dead).Select(index => Letter(batch, index)).ToArray();
        if (dead.Length == 0)
            return;
        await RecordAsync(batch.Tenant, dead, cancellationToken);
        log.DeliveriesDead(dead.Length, batch.EndpointId, batch.Tenant.Value, dead[0].Cause);
        metrics.DeliveriesDead(dead.Length);
        // Told once for all of them, and never about a telling: an endpoint that is down must not bring about a flood.
        if (batch.EventType is EventTypes.DeliveryDead or EventTypes.EndpointDisabled)
            return;
        var first = dead[0];
        var data = new { first.DeliveryId, first.EndpointId, first.EventId, first.EventType, first.CampaignId, first.Cause, count = dead.Length, deliveryIds = dead.Select(letter => letter.DeliveryId) };
        var told = new TenantEvent(batch.Tenant, EventTypes.DeliveryDead, string.Create(CultureInfo.InvariantCulture, $"{batch.EndpointId}|{batch.Name}|{turn}"), data);
        await events.PublishAsync(told with { CampaignId = batch.CampaignId, ExceptEndpointId = batch.EndpointId }, cancellationToken);
    }

    private async Task RecordAsync(TenantId tenant, DeadLetter[] dead, CancellationToken cancellationToken)
    {
        var expiresAt = dead[0].ExpiresAt;
        await due.AddAsync(ExpiryKind, DueStore.RowOf(expiresAt - WarnBefore, tenant, "warn"), cancellationToken);
        await due.AddAsync(ExpiryKind, DueStore.RowOf(expiresAt, tenant, "expire"), cancellationToken);
        await letters.UpsertAsync(tenant, dead, cancellationToken);
    }

    /// <summary>A batch whose message was given up is taken up again by the sweeper; one that is given up again and again is dead.</summary>
    private async Task NoteFaultAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.HasOpen || batch.LeaseUntil > clock.GetUtcNow())
            return;
        var faulted = batch with { Faults = batch.Faults + 1 };
        if (faulted.Faults >= FaultsUntilDead)
            faulted = BatchOutcome.Ended(faulted, "handling it failed again and again") with { Turn = batch.Turn + 1 };
        else
            log.BatchFaulted(batch.Name, batch.EndpointId, faulted.Faults);
        // Lost to somebody who has it: then it does not fault. What an end leads to, the sweeper brings about.
        await deliveries.TryReplaceAsync(faulted, cancellationToken);
    }

    private async Task ExpireAsync(DueItem item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var letter in letters.RangeAsync(item.Tenant, null, "", 1000, cancellationToken))
        {
            if (letter.ExpiresAt > (item.Id == "warn" ? now + WarnBefore : now))
                continue;
            count++;
            if (item.Id != "warn")
                await letters.DeleteAsync(item.Tenant, letter.DeliveryId, cancellationToken);
        }
        if (count > 0 && item.Id == "warn")
        {
            log.DeadLettersExpireSoon(count, item.Tenant.Value, item.At + WarnBefore);
        }
        else if (count > 0)
        {
            log.DeadLettersExpired(count, item.Tenant.Value);
            metrics.DeadLettersExpired(count);
        }
        await due.RemoveAsync(ExpiryKind, item.Row, cancellationToken);
    }

    private DeadLetter Letter(DeliveryBatch batch, int index)
    {
        var delivery = batch.Log[index];
        var last = delivery.Attempts.Count > 0 ? delivery.Attempts[^1] : null;
        var cause = delivery.Cause ?? "given up";
        return Letter(batch.DeliveryId(index), batch.EndpointId, cause, delivery.Answer) with
        {
            EventId = delivery.EventId,
            EventType = batch.EventType,
            CampaignId = batch.CampaignId,
            Status = last?.Status,
            Attempts = delivery.Attempts.Count,
            ClusterId = CauseFingerprint.Of(batch.EndpointId, last?.Status, delivery.Answer, cause),
            Batch = batch.Name,
            Index = index,
        };
    }

    private DeadLetter Letter(string id, string? endpointId, string cause, string? answer)
    {
        // Whole days, so that a day's letters share their reminders.
        var now = clock.GetUtcNow();
        var expiresAt = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(options.Value.DeadLetterDays + 1);
        var kept = answer is { Length: > MostAnswerKept } && endpointId is not null ? answer[..MostAnswerKept] : answer;
        return new DeadLetter(id, endpointId, null, null, null, cause, null, kept, 0, CauseFingerprint.Of(endpointId ?? "", null, null, cause), now, expiresAt);
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static bool TryRead(byte[] raw, out DeliveryMessage message, out TenantId tenant)
    {
        message = null!;
        tenant = default;
        try
        {
            message = JsonSerializer.Deserialize<DeliveryMessage>(raw, JsonDefaults.Options)!;
        }
        catch (JsonException)
        {
            return false;
        }
        return message is { EndpointId.Length: > 4 and < 100, Batch.Length: > 0 and < 100 }
            && message.EndpointId.All(IsKeyCharacter) && message.Batch.All(IsKeyCharacter)
            && TenantId.TryRecorded(message.TenantId, out tenant);
    }
}
