using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;
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

    [Fact]
    public async Task An_entry_of_the_audit_log_is_written_once_though_another_goes_on_from_it_at_once()
    {
        var meddled = new MeddledStorage(_storage);
        var (asked, others) = (false, false);
        using var other = new TenancyProcess(_storage, _clock);
        meddled.Meddle = async call =>
        {
            if (call is { Place: "Audit", Operation: "transact" } && !asked)
            {
                asked = true;
                return CallFate.IsAskedTwice;
            }
            if (call is { Place: "Audit", Operation: "find" } && asked && !others)
            {
                others = true;
                await other.Audit.RecordAsync(Subject.Tenant, Draft("two"), default);
            }
            return CallFate.Arrives;
        };
        using var process = new TenancyProcess(meddled, _clock);

        await process.Audit.RecordAsync(Subject.Tenant, Draft("one"), default);

        var (entries, _) = await other.Audit.PageAsync(Subject.Tenant, new AuditFilter(null, null, null, null, null), "", 10, default);
        Assert.Equal(["two", "one"], entries.Select(stored => stored.Entry.Target));
        Assert.True((await other.Audit.VerifyAsync(Subject.Tenant, default)).Valid);
    }

    private static AuditDraft Draft(string target) => new("system", Subject.Tenant.Value, "key.revoke", target, null, null, null, null);

    private async Task<long> UsedAsync() => (await Process(_storage).StandingAsync(Subject, default))[0].Used;

    private QuotaService Process(IStorage storage) => new(
        new QuotaStore(storage, _clock),
        new TenantDirectory(new TenantStore(storage), _clock, NullLogger<TenantDirectory>.Instance),
        new KeyDirectory(new KeyStore(storage), _clock, NullLogger<KeyDirectory>.Instance),
        new RaisedEvents(), _clock, NullLogger<QuotaService>.Instance);
}
