using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Table <c>DeadLetters</c>: tenant · deliveryId; what cannot be read at all stands under tenant <c>default</c>, by its hash.</summary>
public sealed class DeadLetterStore(IStorage storage, TimeProvider clock)
{
    private const int MostTextKept = 8_000;

    private readonly ITable _table = storage.Table("DeadLetters");

    /// <summary>Records a message of the poison queue, whatever it holds; the same one twice is one dead letter.</summary>
    public async Task RecordAsync(byte[] raw, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (!TryRead(raw, out var message, out var tenant))
        {
            var text = Encoding.UTF8.GetString(raw.AsSpan(0, Math.Min(raw.Length, MostTextKept)));
            await WriteAsync(TenantId.Default, $"raw_{Convert.ToHexStringLower(SHA256.HashData(raw))[..32]}", "unreadable message", text, cancellationToken);
            return;
        }
        var deliveryId = message.Index is { } index
            ? DeliveryBatch.DeliveryIdOf(message.EndpointId, message.Batch, index)
            : $"batch_{message.Batch}";
        await WriteAsync(tenant, deliveryId, message.Cause ?? "the batch failed again and again while it was attempted", JsonSerializer.Serialize(message, JsonDefaults.Options), cancellationToken);
    }

    private Task WriteAsync(TenantId tenant, string id, string cause, string message, CancellationToken cancellationToken) => _table.UpsertAsync(
        new TableRow(tenant.Value, id) { ["Cause"] = cause, ["Message"] = message, ["At"] = clock.GetUtcNow() }, cancellationToken);

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
            && TenantId.TryParse(message.TenantId, out tenant);
    }
}
