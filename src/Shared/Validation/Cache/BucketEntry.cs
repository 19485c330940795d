using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Validation.Cache;

/// <summary>One mailbox's verdict in a bucket, as JSON: most are carried from one version of a bucket to the next without being read.</summary>
internal readonly record struct BucketEntry(MailboxHash Mailbox, DateTimeOffset ExpiresAt, ReadOnlyMemory<byte> Json)
{
    public static BucketEntry Of(MailboxHash mailbox, CachedVerdict verdict) =>
        new(mailbox, verdict.ExpiresAt, JsonSerializer.SerializeToUtf8Bytes(verdict, JsonDefaults.Options));

    public CachedVerdict Verdict() =>
        JsonSerializer.Deserialize<CachedVerdict>(Json.Span, JsonDefaults.Options) ?? throw new JsonException("A remembered verdict is null.");
}
