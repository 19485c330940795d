using ProspectOps.Operations;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Operations;

public sealed class DueStoreTests
{
    private const int AllShards = 8;
    private const string Kind = "work";

    private static readonly TenantId Tenant = TenantId.Parse("acme");

    private readonly InMemoryStorage _storage = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Reminder_is_found_when_it_is_due_and_not_before()
    {
        var (_, due) = Process();
        await due.AddAsync(Kind, Row(TimeSpan.FromMinutes(1), "a"), default);

        Assert.Empty(await IdsAsync(due));
        _clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["a"], await IdsAsync(due));
    }

    [Fact]
    public async Task Quiet_kind_costs_one_read_a_sweep()
    {
        var (storage, due) = Process();
        await QuietAsync(due);

        var before = storage.Calls;
        await IdsAsync(due);

        Assert.Equal(1, storage.Calls - before);
    }

    [Fact]
    public async Task Several_quiet_kinds_that_are_swept_together_cost_one_read()
    {
        var (storage, due) = Process();
        await QuietAsync(due);
        await QuietAsync(due, "other");
        _clock.Pass(TimeSpan.FromSeconds(10));

        var before = storage.Calls;
        await IdsAsync(due);
        await IdsAsync(due, "other");

        Assert.Equal(1, storage.Calls - before);
    }

    [Fact]
    public async Task Kind_whose_next_reminder_is_far_away_is_quiet_until_then()
    {
        var (storage, due) = Process();
        await due.AddAsync(Kind, Row(TimeSpan.FromHours(5), "b"), default);
        await due.AddAsync(Kind, Row(TimeSpan.FromHours(3), "a"), default);
        await QuietAsync(due);

        var before = storage.Calls;
        Assert.Empty(await IdsAsync(due));
        Assert.Equal(1, storage.Calls - before);
        _clock.Pass(TimeSpan.FromHours(3));
        Assert.Equal(["a"], await IdsAsync(due));
        _clock.Pass(TimeSpan.FromHours(2));
        Assert.Equal(["a", "b"], (await IdsAsync(due)).Order());
    }

    [Fact]
    public async Task Reminder_that_another_process_adds_to_a_quiet_kind_is_found_at_the_next_sweep()
    {
        var (_, sweeping) = Process();
        var (_, adding) = Process();
        await QuietAsync(sweeping);

        await adding.AddAsync(Kind, Row(TimeSpan.Zero, "a"), default);
        _clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(["a"], await IdsAsync(sweeping));
    }

    [Fact]
    public async Task Reminder_of_a_process_that_believes_it_has_spoken_is_not_overlooked_by_one_that_settles()
    {
        var (_, sweeping) = Process();
        var (_, adding) = Process();
        await QuietAsync(sweeping);
        await adding.AddAsync(Kind, Row(TimeSpan.Zero, "a"), default);
        await adding.RemoveAsync(Kind, Row(TimeSpan.Zero, "a"), default);

        // Half a minute after it spoke it speaks again; until then nobody settles.
        for (var i = 0; i < 100; i++)
        {
            _clock.Pass(TimeSpan.FromSeconds(7));
            Assert.Empty(await IdsAsync(sweeping));
            var row = Row(TimeSpan.Zero, $"{i}");
            await adding.AddAsync(Kind, row, default);
            _clock.Pass(TimeSpan.FromSeconds(5));
            Assert.Equal([$"{i}"], await IdsAsync(sweeping));
            await adding.RemoveAsync(Kind, row, default);
        }
    }

    [Fact]
    public async Task Reminder_whose_writing_took_minutes_is_not_overlooked()
    {
        var (_, sweeping) = Process();
        var slow = new SlowStorage(_storage);
        var adding = new DueStore(slow, _clock);
        await QuietAsync(sweeping);
        await adding.AddAsync(Kind, Row(TimeSpan.Zero, "first"), default);
        await adding.RemoveAsync(Kind, Row(TimeSpan.Zero, "first"), default);

        // While the row is on its way, the other finds nothing and settles.
        slow.Before = () => QuietAsync(sweeping);
        await adding.AddAsync(Kind, Row(TimeSpan.Zero, "late"), default);
        slow.Before = null;
        _clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(["late"], await IdsAsync(sweeping));
    }

    [Fact]
    public async Task New_process_looks_at_every_shard_once_whatever_the_watch_says()
    {
        var (_, first) = Process();
        await QuietAsync(first);
        // Written by a process that died before it could say so.
        await WithoutWatchAsync(Row(TimeSpan.Zero, "lost"));
        _clock.Pass(TimeSpan.FromSeconds(10));
        Assert.Empty(await IdsAsync(first));

        var (_, second) = Process();
        Assert.Equal(["lost"], await IdsAsync(second));
    }

    [Fact]
    public async Task Busy_kind_says_so_twice_a_minute_and_not_for_each_reminder()
    {
        var (storage, due) = Process();
        await due.AddAsync(Kind, Row(TimeSpan.Zero, "0"), default);

        var before = storage.Calls;
        for (var i = 1; i <= 20; i++)
            await due.AddAsync(Kind, Row(TimeSpan.Zero, $"{i}"), default);

        Assert.Equal(20, storage.Calls - before);
        Assert.Equal(21, (await IdsAsync(due)).Count);
    }

    private (CrashingStorage Storage, DueStore Due) Process()
    {
        var storage = new CrashingStorage(_storage);
        return (storage, new DueStore(storage, _clock));
    }

    private string Row(TimeSpan fromNow, string id) => DueStore.RowOf(_clock.Now + fromNow, Tenant, id);

    /// <summary>Nobody speaks of the kind for three minutes, and it is swept as usual.</summary>
    private async Task QuietAsync(DueStore due, string kind = Kind)
    {
        for (var i = 0; i < 18; i++)
        {
            await IdsAsync(due, kind);
            _clock.Pass(TimeSpan.FromSeconds(10));
        }
    }

    private async Task WithoutWatchAsync(string row)
    {
        var unwatched = new InMemoryStorage();
        await new DueStore(unwatched, _clock).AddAsync(Kind, row, default);
        for (var shard = 0; shard < AllShards; shard++)
        {
            if (await unwatched.Table("Due").FindAsync($"{Kind}|{shard}", row, default) is { } found)
                await _storage.Table("Due").UpsertAsync(found, default);
        }
    }

    private async Task<IReadOnlyList<string>> IdsAsync(DueStore due, string kind = Kind)
    {
        var ids = new List<string>();
        await foreach (var item in due.UntilAsync(kind, _clock.Now, default))
            ids.Add(item.Id);
        return ids;
    }

    /// <summary>Storage on which something else happens before a reminder arrives.</summary>
    private sealed class SlowStorage(IStorage inner) : IStorage
    {
        public Func<Task>? Before { get; set; }

        public ITable Table(string name) => new SlowTable(this, inner.Table(name));

        public IBlobs Blobs(string container) => inner.Blobs(container);

        public IQueue<T> Queue<T>(string name) => inner.Queue<T>(name);

        public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => inner.PingAsync(kind, cancellationToken);

        private sealed class SlowTable(SlowStorage owner, ITable inner) : ITable
        {
            public Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken) => inner.FindAsync(partition, row, cancellationToken);

            public IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, CancellationToken cancellationToken) =>
                inner.RangeAsync(partition, from, to, pageSize, cancellationToken);

            public Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken) => inner.TryInsertAsync(row, cancellationToken);

            public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) => inner.TryReplaceAsync(row, cancellationToken);

            public async Task UpsertAsync(TableRow row, CancellationToken cancellationToken)
            {
                if (row.Partition != "watch" && owner.Before is { } before)
                    await before();
                await inner.UpsertAsync(row, cancellationToken);
            }

            public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => inner.DeleteAsync(partition, row, cancellationToken);

            public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) => inner.TransactAsync(writes, cancellationToken);
        }
    }
}
