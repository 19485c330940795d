using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform;

public sealed class IdempotencyStoreTests
{
    private static readonly Dictionary<string, string> Body = new() { ["name"] = "1", ["industry"] = "2" };

    private readonly FakeClock _clock = new();
    private readonly IdempotencyStore _store;

    public IdempotencyStoreTests() => _store = new IdempotencyStore(new InMemoryStorage(), new IdSource(_clock), _clock);

    [Fact]
    public async Task Second_request_is_answered_as_the_first_was()
    {
        var first = await BeginAsync(Body);
        await _store.CompleteAsync(first, new IdempotentReply(202, "/there", "{}"), default);

        var second = await BeginAsync(Body);

        Assert.Null(first.Reply);
        Assert.Equal(new IdempotentReply(202, "/there", "{}"), second.Reply);
    }

    [Fact]
    public async Task Other_body_is_refused_and_what_differs_is_named()
    {
        await _store.CompleteAsync(await BeginAsync(Body), new IdempotentReply(201, null, "{}"), default);

        var refusal = await Assert.ThrowsAsync<DomainException>(() => BeginAsync(new() { ["name"] = "other", ["industry"] = "2" }));

        Assert.Equal("idempotency_key_reused", refusal.Error.Code);
        Assert.Equal(["name"], refusal.Error.Errors!.Keys);
    }

    [Fact]
    public async Task Second_request_waits_its_turn_and_goes_on_with_the_same_ids_once_the_first_is_dead()
    {
        var first = await BeginAsync(Body);

        var tooSoon = await Assert.ThrowsAsync<DomainException>(() => BeginAsync(Body));
        _clock.Pass(TimeSpan.FromSeconds(21));
        var second = await BeginAsync(Body);

        Assert.Equal("idempotency_in_progress", tooSoon.Error.Code);
        Assert.Null(second.Reply);
        Assert.Equal(first.Seed, second.Seed);
    }

    [Fact]
    public async Task Key_is_free_again_after_a_refusal_and_after_a_day()
    {
        await _store.AbandonAsync(await BeginAsync(Body), default);
        var afterRefusal = await BeginAsync(new() { ["name"] = "mended" });
        await _store.CompleteAsync(afterRefusal, new IdempotentReply(201, null, "{}"), default);
        _clock.Pass(TimeSpan.FromHours(24));
        var nextDay = await BeginAsync(Body);

        Assert.Null(nextDay.Reply);
        Assert.NotEqual(afterRefusal.Seed, nextDay.Seed);
    }

    private Task<IdempotentRequest> BeginAsync(Dictionary<string, string> fields) => _store.BeginAsync("acme", "campaigns/create", "k1", fields, default);
}
