using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Tests.Tenancy;

/// <summary>The store does what it is asked; its answer is lost, and the client asks again.</summary>
public sealed class LostAnswerTests
{
    private static readonly QuotaSubject Subject = new(TenantId.Parse("acme"), null);

    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();

    [Fact]
    public async Task Units_of_a_quota_are_taken_and_given_back_once()
    {
        await new TenantStore(_storage).AddAsync(
            new Tenant { Id = Subject.Tenant, Name = "Acme", Quotas = new QuotaSettings(ValidationDaily: 1000, ValidationMonthly: 5000), CreatedAt = _clock.Now }, default);
        var meddled = new MeddledStorage(_storage);
        var process = Process(meddled);

        meddled.Once(call => call is { Place: "Quotas", Operation: "transact" }, CallFate.IsAskedTwice);
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 3, default);
        var taken = await UsedAsync();
        meddled.Once(call => call is { Place: "Quotas", Operation: "transact" }, CallFate.IsAskedTwice);
        await process.GiveBackIdleAsync(TimeSpan.Zero, default);

        Assert.Equal((10, 3), (taken, await UsedAsync()));
    }

    private async Task<long> UsedAsync() => (await Process(_storage).StandingAsync(Subject, default))[0].Used;

    private QuotaService Process(IStorage storage) => new(
        new QuotaStore(storage, _clock),
        new TenantDirectory(new TenantStore(storage), _clock, NullLogger<TenantDirectory>.Instance),
        new KeyDirectory(new KeyStore(storage), _clock, NullLogger<KeyDirectory>.Instance),
        new RaisedEvents(), _clock, NullLogger<QuotaService>.Instance);
}
