using ProspectOps.Operations;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation;

public sealed class ValidationCacheStoreTests : IAsyncDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly ValidationWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Writers_of_one_bucket_at_once_lose_nothing()
    {
        var mailboxes = InOneBucket(40);

        await Task.WhenAll(mailboxes.Select(mailbox => Task.Run(() => _world.Store().WriteAsync(Acme, [Verdict(mailbox, 7)], Token), Token)));

        Assert.Equal(mailboxes.Order(), (await _world.Store().FindManyAsync(Acme, mailboxes, Token)).Keys.Order());
    }

    [Fact]
    public async Task What_another_process_forgot_is_not_brought_back_by_a_write_to_its_bucket()
    {
        var mailboxes = InOneBucket(3);
        var (one, other) = (_world.Store(), _world.Store());
        await one.WriteAsync(Acme, [Verdict(mailboxes[0], 7), Verdict(mailboxes[1], 7)], Token);

        await other.DeleteAsync(Acme, mailboxes[0], Token);
        await one.WriteAsync(Acme, [Verdict(mailboxes[2], 7)], Token);

        Assert.Equal(mailboxes[1..].Order(), (await one.FindManyAsync(Acme, mailboxes, Token)).Keys.Order());
    }

    [Fact]
    public async Task Tenants_have_buckets_of_their_own()
    {
        var mailboxes = InOneBucket(2);
        var store = _world.Store();
        await store.WriteAsync(Acme, [Verdict(mailboxes[0], 7)], Token);
        await store.WriteAsync(TenantId.Parse("other"), [Verdict(mailboxes[1], 7)], Token);

        Assert.Equal([mailboxes[0]], (await store.FindManyAsync(Acme, mailboxes, Token)).Keys);
    }

    [Fact]
    public async Task Lapsed_verdicts_are_deleted_and_the_rest_stays()
    {
        var mailboxes = InOneBucket(2);
        var alone = Enumerable.Range(0, 100_000).Select(n => MailboxHash.Of($"alone{n}@acme.com")).First(one => one.Bucket != mailboxes[0].Bucket);
        var store = _world.Store();
        await store.WriteAsync(Acme, [Verdict(mailboxes[0], 7), Verdict(mailboxes[1], 1), Verdict(alone, 1)], Token);

        _world.Time.Pass(TimeSpan.FromDays(2));
        var isLeft = await store.PurgeAsync(Acme, Token);

        Assert.True(isLeft);
        Assert.Equal([(Name(mailboxes[0].Bucket), 1)], await RowsAsync());
        Assert.Equal([mailboxes[0]], (await store.FindManyAsync(Acme, [.. mailboxes, alone], Token)).Keys);
    }

    [Fact]
    public async Task Purge_comes_back_every_day_until_nothing_is_left()
    {
        var store = _world.Store();
        var due = new DueStore(_world.Storage, _world.Time);
        var purge = new CachePurge(store, due, _world.Time);
        await store.WriteAsync(Acme, [Verdict(MailboxHash.Of("a@acme.com"), 2)], Token);

        List<int> tenants = [await purge.RunAsync(Token)];
        for (var day = 0; day < 5; day++)
        {
            _world.Time.Pass(TimeSpan.FromDays(1));
            tenants.Add(await purge.RunAsync(Token));
            Assert.Equal(0, await purge.RunAsync(Token));
        }

        Assert.Equal([0, 1, 1, 0, 0, 0], tenants);
        Assert.Empty(await RowsAsync());
        Assert.False(await due.UntilAsync(ValidationCacheStore.DueKind, DateTimeOffset.MaxValue, Token).AnyAsync(Token));
    }

    [Fact]
    public async Task Row_that_was_purged_is_made_again()
    {
        var mailboxes = InOneBucket(2);
        var store = _world.Store();
        await store.WriteAsync(Acme, [Verdict(mailboxes[0], 1)], Token);
        _world.Time.Pass(TimeSpan.FromDays(1));
        Assert.False(await _world.Store().PurgeAsync(Acme, Token));

        // This store last saw the row as it was before.
        await store.WriteAsync(Acme, [Verdict(mailboxes[1], 1)], Token);

        Assert.Equal([mailboxes[1]], (await store.FindManyAsync(Acme, mailboxes, Token)).Keys);
    }

    [Fact]
    public void Bucket_that_grows_too_large_loses_what_lapses_first()
    {
        var random = new Random(1);
        var now = _world.Time.GetUtcNow();
        BucketEntry[] entries = [.. Enumerable.Range(0, 1_500).Select(n => new BucketEntry(MailboxHash.Of($"m{n}@acme.com"), now.AddMinutes(n + 1), NextBytes(random)))];

        var packed = VerdictBucket.Merge(null, entries, now);
        var kept = VerdictBucket.Unpack(packed);

        Assert.InRange(packed.Length, VerdictBucket.MostBytes / 2, VerdictBucket.MostBytes);
        Assert.Equal(entries[^kept.Count..].Select(entry => entry.Mailbox).Order(), kept.Select(entry => entry.Mailbox).Order());
    }

    private static byte[] NextBytes(Random random)
    {
        var bytes = new byte[100];
        random.NextBytes(bytes);
        return bytes;
    }

    private static MailboxHash[] InOneBucket(int count) =>
        [.. Enumerable.Range(0, count * 5_000).Select(n => MailboxHash.Of($"p{n}@acme.com")).GroupBy(one => one.Bucket).First(bucket => bucket.Count() >= count).Take(count)];

    private static string Name(int bucket) => $"{bucket:x3}";

    private KeyValuePair<MailboxHash, CachedVerdict> Verdict(MailboxHash mailbox, int days)
    {
        var now = _world.Time.GetUtcNow();
        return KeyValuePair.Create(mailbox, new CachedVerdict(
            ProspectOps.Validation.Verdict.Unknown, 60, ["mx_found"], new MxCheck(true, ["mx.acme.com"], false), SmtpCheck.NotAttempted, false, false, false, null, [], now, now.AddDays(days)));
    }

    /// <summary>Rows of the tenant's cache, with how many verdicts each holds.</summary>
    private async Task<IReadOnlyList<(string Row, int Verdicts)>> RowsAsync()
    {
        var rows = new List<(string, int)>();
        foreach (var partition in "0123456789abcdef")
        {
            await foreach (var row in _world.Storage.Table("ValidationCache").RangeAsync($"{Acme.Value}|{partition}", "", "~", 100, Token))
                rows.Add((row.Row, VerdictBucket.Unpack(row.Bytes("Verdicts")!).Count));
        }
        return rows;
    }
}
