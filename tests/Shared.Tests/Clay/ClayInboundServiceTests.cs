using ProspectOps.Clay;
using ProspectOps.Operations;
using ProspectOps.Prospects;

namespace ProspectOps.Tests.Clay;

/// <summary>Rows come in once each, whatever dies and whoever sends them twice.</summary>
public sealed class ClayInboundServiceTests
{
    private readonly ClayWorld _world = new();

    public static TheoryData<int, bool> Deaths => [.. Enumerable.Range(1, 12).SelectMany(call => new[] { (call, false), (call, true) })];

    /// <summary>The process dies at each of its calls to the store; the sender, who has no answer, sends the row again.</summary>
    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Row_of_a_process_that_died_is_taken_once_and_never_lost(int diesAt, bool callArrives)
    {
        var row = new { po_row_id = "r1", email = "ann@example.com" };
        var dying = new CrashingStorage(_world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        try
        {
            await _world.TakeAsync(row, dying);
        }
        catch (ProcessDiedException)
        {
            // As it was to.
        }

        await _world.TakeAsync(row);

        Assert.Equal("ann@example.com", Assert.Single(await _world.WaitingAsync()).Prospect.Email);
        // Whoever waits is looked for, though every message were lost.
        var reminders = new List<DueItem>();
        await foreach (var item in new DueStore(_world.Storage, _world.Clock).UntilAsync(ClayIntake.Kind, DateTimeOffset.MaxValue.AddDays(-1), default))
            reminders.Add(item);
        Assert.All(reminders, item => Assert.Equal((ClayWorld.Tenant, ClayWorld.CampaignId), (item.Tenant, item.Id)));
        Assert.NotEmpty(reminders);
    }

    [Fact]
    public async Task Same_rows_at_once_in_two_processes_are_taken_once()
    {
        var rows = Enumerable.Range(0, 50).Select(i => new { po_row_id = $"r{i}", email = $"p{i}@example.com" }).ToArray();

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _world.TakeAsync(rows))));

        Assert.Equal((50, 0), (replies.Sum(reply => reply.Accepted), replies.Sum(reply => reply.Updated)));
        Assert.Equal(50, (await _world.WaitingAsync()).Count);
    }

    [Fact]
    public async Task Rows_without_an_id_are_known_by_their_person()
    {
        Assert.Equal((1, 0), Counts(await _world.TakeAsync(new { email = "Ann+news@Example.com", title = "CMO" })));
        Assert.Equal((0, 0), Counts(await _world.TakeAsync(new { title = "CMO", email = "Ann+news@Example.com" })));
        Assert.Equal((0, 1), Counts(await _world.TakeAsync(new { email = "ann@example.com", title = "CEO" })));
    }

    [Fact]
    public async Task One_person_twice_in_a_request_is_new_once()
    {
        var reply = await _world.TakeAsync(new object[] { new { email = "ann@example.com" }, new { po_row_id = "r", email = "ann@example.com", title = "CMO" }, new { po_row_id = "r", email = "ann@example.com", title = "CEO" } });

        Assert.Equal((1, 2), Counts(reply));
        Assert.Single((await _world.WaitingAsync()).DistinctBy(person => person.ProspectKey));
    }

    [Fact]
    public async Task Row_of_a_known_id_needs_no_name_and_one_of_an_unknown_id_does()
    {
        await _world.TakeAsync(new { po_row_id = "r", lastName = "Lee", company = "Acme" });

        Assert.Equal((0, 1), Counts(await _world.TakeAsync(new { po_row_id = "r", title = "CMO" })));
        Assert.Equal(ProspectRules.NobodyNamed, Assert.Single((await _world.TakeAsync(new { po_row_id = "other", title = "CMO" })).Rejected).Reason);
    }

    [Fact]
    public async Task Replay_is_answered_and_does_nothing()
    {
        var reply = await _world.Process().AcceptAsync(_world.Caller with { IsReplay = true }, System.Text.Json.JsonSerializer.SerializeToElement(new { email = "ann@example.com" }), default);

        Assert.Equal((0, 0), Counts(reply));
        Assert.Empty(await _world.WaitingAsync());
    }

    private static (int, int) Counts(InboundReply reply) => (reply.Accepted, reply.Updated);
}
