using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Up to 50 events of one type that happened together, kept once for all endpoints that hear of them. None where everybody whom they would be about was left out.</summary>
/// <param name="Name">Inverse milliseconds and what tells it from others of that time: newest first, and the same for the same events.</param>
public sealed record EventBatch(TenantId Tenant, string Name, string EventType, string? WorkflowId, string? CampaignId, IReadOnlyList<PlannedEvent> Events)
{
    public const int MostEvents = 50;

    private const int TimeCharacters = 10;

    /// <summary>People of whom it holds no event, because they were suppressed when it was planned.</summary>
    public int LeftOut { get; init; }

    /// <summary>Name of a batch of one of a workflow's shards.</summary>
    public static string NameOf(DateTimeOffset at, string workflowId, int shard, int number)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(at, workflowId)}{shard:00}{number:00000}");
    }

    /// <summary>How the names of all batches of a workflow, or a replay, of that time begin.</summary>
    public static string PrefixOf(DateTimeOffset at, string workflowId)
    {
        ArgumentNullException.ThrowIfNull(workflowId);
        return Time(at) + workflowId[^8..];
    }

    /// <summary>Name of a batch that begins with this event.</summary>
    public static string NameOf(DateTimeOffset at, string eventId)
    {
        ArgumentNullException.ThrowIfNull(eventId);
        return Time(at) + eventId[^12..];
    }

    /// <summary>Up to which name the batches are younger than, or as old as, this time.</summary>
    public static string LastNameSince(DateTimeOffset since) => Time(since) + "~";

    /// <summary>From which name on the batches are as old as this time, or older.</summary>
    public static string FirstNameUntil(DateTimeOffset until) => Time(until);

    /// <summary>The same id for the same event, however often it is published.</summary>
    public static string EventIdOf(TenantId tenant, string subject, string type, string? key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}|{subject}|{type}|{key}"));
        return $"evt_{Base32.Encode(hash, 26)}";
    }

    /// <summary>The body as it is posted, <c>{type, timestamp, data}</c>.</summary>
    public static string BodyOf(string type, DateTimeOffset at, object data) => JsonSerializer.Serialize(new { type, timestamp = at, data }, JsonDefaults.Options);

    private static string Time(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return Base32.Invert(Base32.Encode(bytes, TimeCharacters));
    }
}
