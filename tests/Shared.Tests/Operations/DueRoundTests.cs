using ProspectOps.Operations;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Operations;

public sealed class DueRoundTests
{
    private const string Kind = "work";

    private readonly FakeClock _clock = new();
    private readonly DueStore _due;
    private readonly List<string> _seen = [];

    public DueRoundTests() => _due = new DueStore(new InMemoryStorage(), _clock);

    [Fact]
    public async Task One_that_cannot_be_worked_with_is_told_of_after_all_others_had_their_turn()
    {
        await AddAsync();

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => RoundAsync(new System.Text.Json.JsonException("{")));

        Assert.Contains("acme, 3", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], _seen.Order());
    }

    [Fact]
    public async Task Store_that_is_away_ends_the_round()
    {
        await AddAsync();

        await Assert.ThrowsAsync<IOException>(() => RoundAsync(new IOException("The store is away.")));

        Assert.Equal("3", _seen[^1]);
    }

    private async Task AddAsync()
    {
        for (var number = 0; number < 6; number++)
            await _due.AddAsync(Kind, DueStore.RowOf(_clock.Now.AddSeconds(number), TenantId.Parse("acme"), $"{number}"), default);
        _clock.Pass(TimeSpan.FromMinutes(1));
    }

    private Task RoundAsync(Exception fault) => _due.ForEachAsync(Kind, _clock.Now, item =>
    {
        _seen.Add(item.Id);
        return item.Id == "3" ? Task.FromException(fault) : Task.CompletedTask;
    }, default);
}
