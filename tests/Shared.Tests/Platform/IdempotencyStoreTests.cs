using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform;

public sealed class IdempotencyStoreTests
{
    private static readonly Dictionary<string, string> Body = new() { ["name"] = "1", ["industry"] = "2" };

    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();
    private readonly IdempotencyStore _store;

    public IdempotencyStoreTests() => _store = new IdempotencyStore(_storage, SomeSecrets.Cipher(), new IdSource(_clock), _clock);

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
    public async Task Refusal_of_a_first_that_was_taken_for_dead_leaves_the_answer_of_the_second()
    {
        var slow = await BeginAsync(Body);
        _clock.Pass(TimeSpan.FromSeconds(21));
        var second = await BeginAsync(Body);
        await _store.CompleteAsync(second, new IdempotentReply(201, null, "{}"), default);

        await _store.AbandonAsync(slow, default);

        Assert.Equal(new IdempotentReply(201, null, "{}"), (await BeginAsync(Body)).Reply);
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

    [Fact]
    public async Task Fifty_firsts_at_once_are_one()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            await Task.Yield();
            try
            {
                return (await BeginAsync(Body)).Reply is null;
            }
            catch (DomainException e) when (e.Error.Code == "idempotency_in_progress")
            {
                return false;
            }
        }));

        Assert.Single(outcomes, isFirst => isFirst);
    }

    [Fact]
    public async Task Answer_lies_in_the_store_sealed_small_or_large()
    {
        foreach (var secret in new[] { "po_secret", "po_secret" + new string('x', 100_000) })
        {
            await _store.CompleteAsync(await BeginAsync(Body, $"k{secret.Length}"), new IdempotentReply(201, null, secret), default);

            Assert.Equal(secret, (await BeginAsync(Body, $"k{secret.Length}")).Reply!.Body);
        }
        await foreach (var row in _storage.Table("Idempotency").RangeAsync("acme", "", "~", 100, default))
            Assert.DoesNotContain("po_secret", row.Text("Body") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_known_only_after_it_was_read_is_held_against_the_first()
    {
        var first = await _store.BeginAsync("acme", "uploads", "k1", null, default);
        await _store.CompleteAsync(first, new IdempotentReply(201, null, "{}"), default, new Dictionary<string, string> { ["file"] = "1" });

        var again = await _store.BeginAsync("acme", "uploads", "k1", null, default);
        IdempotencyStore.RequireSame(again, new Dictionary<string, string> { ["file"] = "1" });
        var refusal = Assert.Throws<DomainException>(() => IdempotencyStore.RequireSame(again, new Dictionary<string, string> { ["file"] = "2" }));

        Assert.Equal(["file"], refusal.Error.Errors!.Keys);
    }

    private Task<IdempotentRequest> BeginAsync(Dictionary<string, string> fields, string key = "k1") => _store.BeginAsync("acme", "campaigns/create", key, fields, default);
}
