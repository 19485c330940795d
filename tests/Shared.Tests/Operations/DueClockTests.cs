using ProspectOps.Operations;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Operations;

public sealed class DueClockTests
{
    private const string Kind = "work";

    private static readonly TenantId Tenant = TenantId.Parse("acme");

    private readonly InMemoryStorage _storage = new();

    [Fact]
    public async Task Clock_that_is_put_back_hides_no_reminder()
    {
        var (clock, right) = (new ClockOnAWall(), new ClockOnAWall());
        clock.PutTo(right.GetUtcNow().AddHours(1));
        var due = new DueStore(_storage, clock);
        for (var sweep = 0; sweep < 18; sweep++)
        {
            Assert.Empty(await IdsAsync(due, clock));
            clock.Pass(TimeSpan.FromSeconds(10));
            right.Pass(TimeSpan.FromSeconds(10));
        }
        // It was an hour ahead, and is put right; another process, whose clock was right, has something done now.
        clock.PutTo(right.GetUtcNow());
        await new DueStore(_storage, right).AddAsync(Kind, DueStore.RowOf(right.GetUtcNow(), Tenant, "now"), default);

        clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(["now"], await IdsAsync(due, clock));
    }

    private static async Task<List<string>> IdsAsync(DueStore due, TimeProvider clock)
    {
        var ids = new List<string>();
        await foreach (var item in due.UntilAsync(Kind, clock.GetUtcNow(), default))
            ids.Add(item.Id);
        return ids;
    }

    /// <summary>A clock that can be put back, and a count of what really passed.</summary>
    private sealed class ClockOnAWall : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);
        private long _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _passed;

        public void Pass(TimeSpan time) => (_now, _passed) = (_now + time, _passed + time.Ticks);

        public void PutTo(DateTimeOffset now) => _now = now;
    }
}
