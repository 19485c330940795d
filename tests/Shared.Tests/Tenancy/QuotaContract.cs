using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Tests.Tenancy;

/// <summary>Quotas hold on every store, whoever asks at once and whoever dies.</summary>
public abstract class QuotaContract(IStorage storage)
{
    private readonly TenantId _tenant = TenantId.Parse($"ten_{Guid.NewGuid():N}"[..30]);
    private readonly FakeClock _clock = new();
    private readonly RaisedEvents _events = new();

    private QuotaSubject Subject => new(_tenant, null);

    [Fact]
    public async Task Fifty_at_once_in_five_processes_for_the_last_unit_get_one()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 1));
        var processes = Enumerable.Range(0, 5).Select(_ => Process()).ToArray();

        var granted = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => TryAsync(processes[number % 5], Subject)));

        Assert.Single(granted, one => one);
    }

    [Fact]
    public async Task Whatever_three_processes_take_at_once_is_the_limit_to_the_unit()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 250));
        var processes = Enumerable.Range(0, 3).Select(_ => Process()).ToArray();

        var granted = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => TryAsync(processes[number % 3], Subject)));
        foreach (var process in processes)
            await process.GiveBackIdleAsync(TimeSpan.Zero, default);
        _clock.Pass(TimeSpan.FromSeconds(2));
        var late = 0;
        while (await TryAsync(processes[0], Subject))
            late++;

        Assert.Equal(250, granted.Count(one => one) + late);
        Assert.InRange(late, 0, 5);
    }

    [Fact]
    public async Task Refusal_says_which_quota_and_when_it_resets_and_the_next_day_is_a_new_one()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 2, ValidationMonthly: 1000));
        var process = Process();
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 2, default);

        var refusal = await Assert.ThrowsAsync<DomainException>(async () => await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default));
        _clock.Pass(TimeSpan.FromHours(15));
        var nextDay = await TryAsync(process, Subject);

        Assert.Equal("quota_exceeded", refusal.Error.Code);
        Assert.Contains("validation.daily", refusal.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), refusal.Error.ResetsAt);
        Assert.Equal(TimeSpan.FromHours(15), refusal.Error.RetryAfter);
        Assert.True(nextDay);
    }

    [Fact]
    public async Task What_failed_is_given_back_to_the_last_unit()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 1));
        var process = Process();

        for (var round = 0; round < 3; round++)
        {
            var reservation = await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
            Assert.False(await TryAsync(process, Subject));
            await process.SettleAsync(reservation, 0, default);
            await process.SettleAsync(reservation, 0, default);
        }

        Assert.True(await TryAsync(process, Subject));
        Assert.False(await TryAsync(process, Subject));
    }

    [Fact]
    public async Task Key_has_its_own_quota_within_its_tenants()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 10));
        var keyId = await KeyAsync(new QuotaSettings(ValidationDaily: 3));
        var process = Process();
        var keyed = new QuotaSubject(_tenant, keyId);

        var byKey = 0;
        while (await TryAsync(process, keyed))
            byKey++;
        var byOthers = 0;
        while (await TryAsync(process, Subject))
            byOthers++;

        Assert.Equal((3, 7), (byKey, byOthers));
    }

    [Fact]
    public async Task What_one_key_holds_unused_is_there_for_another_of_the_same_process()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 1000));
        var keyId = await KeyAsync(new QuotaSettings(ValidationDaily: 1000));
        var process = Process();
        await process.ReserveAsync(new QuotaSubject(_tenant, keyId), QuotaMetric.Validation, 1, default);

        var others = 0;
        while (await TryAsync(process, Subject))
            others++;

        Assert.Equal(999, others);
    }

    [Fact]
    public async Task Large_quota_costs_a_round_trip_a_hundredth_of_what_is_left()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 100_000));
        var counting = new CrashingStorage(storage);
        var process = Process(counting);
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
        var before = counting.Calls;

        for (var number = 0; number < 999; number++)
            await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
        var inTheBlock = counting.Calls - before;
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);

        Assert.Equal(0, inTheBlock);
        Assert.Equal(1, counting.Calls - before);
    }

    [Fact]
    public async Task Tenant_without_a_quota_costs_nothing()
    {
        await LimitAsync(QuotaSettings.None);
        var counting = new CrashingStorage(storage);
        var process = Process(counting);
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
        var before = counting.Calls;

        var reservation = await process.ReserveAsync(Subject, QuotaMetric.Validation, 1_000_000, default);
        await process.SettleAsync(reservation, 10, default);
        var batch = await process.ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|1", 500, default);
        await process.SettleBatchAsync(Subject, QuotaMetric.Validation, "job|1", 500, default);

        Assert.Equal((1_000_000, 500), (reservation.Granted, batch.Granted));
        Assert.Equal(before, counting.Calls);
    }

    [Fact]
    public async Task Killed_process_costs_no_more_than_a_hundredth_of_what_was_left()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 10_000));
        await Process().ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
        var survivor = Process();

        long granted = 0;
        while ((await survivor.ReserveUpToAsync(Subject, QuotaMetric.Validation, 500, default)) is { Granted: > 0 } reservation)
            granted += reservation.Granted;

        Assert.Equal(9_900, granted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Step_that_runs_twice_takes_its_units_once_wherever_its_process_dies(bool callArrives)
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 1000, ValidationMonthly: 5000));
        for (var diesAt = 1; diesAt <= 12; diesAt++)
        {
            var name = $"job|{diesAt}";
            var dying = Process(new CrashingStorage(storage) { DiesAt = diesAt, CallArrives = callArrives });
            try
            {
                var first = await dying.ReserveBatchAsync(Subject, QuotaMetric.Validation, name, 50, default);
                await dying.SettleBatchAsync(Subject, QuotaMetric.Validation, name, 10, default);
            }
            catch (ProcessDiedException)
            {
                var alive = Process();
                // The step asks whether it was done before it reserves; here it was not.
                if ((await alive.StandingAsync(Subject, default))[0].Used != diesAt * 10)
                {
                    Assert.Equal(50, (await alive.ReserveBatchAsync(Subject, QuotaMetric.Validation, name, 50, default)).Granted);
                    await alive.SettleBatchAsync(Subject, QuotaMetric.Validation, name, 10, default);
                    await alive.SettleBatchAsync(Subject, QuotaMetric.Validation, name, 10, default);
                }
            }
            Assert.All(await Process().StandingAsync(Subject, default), one => Assert.Equal(diesAt * 10, one.Used));
        }
    }

    [Fact]
    public async Task Batch_gets_what_is_left_and_one_that_is_never_settled_comes_back_after_six_hours()
    {
        await LimitAsync(new QuotaSettings(ValidationMonthly: 100));
        var process = Process();

        var first = await process.ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|1", 70, default);
        var again = await process.ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|1", 70, default);
        var second = await process.ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|2", 70, default);
        var third = await process.ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|3", 70, default);
        await process.SettleBatchAsync(Subject, QuotaMetric.Validation, "job|2", 30, default);
        _clock.Pass(TimeSpan.FromHours(6));
        var later = await Process().ReserveBatchAsync(Subject, QuotaMetric.Validation, "job|4", 100, default);

        Assert.Equal((70, 70, 30, 0), (first.Granted, again.Granted, second.Granted, third.Granted));
        Assert.Equal(70, later.Granted);
    }

    [Fact]
    public async Task Idle_units_go_back_and_what_stands_is_what_was_used()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 100_000));
        var process = Process();
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 7, default);

        var own = Assert.Single(await process.StandingAsync(Subject, default)).Used;
        var seenFromElsewhere = Assert.Single(await Process().StandingAsync(Subject, default)).Used;
        _clock.Pass(TimeSpan.FromSeconds(6));
        await process.GiveBackIdleAsync(TimeSpan.FromSeconds(5), default);
        var afterwards = Assert.Single(await Process().StandingAsync(Subject, default)).Used;

        Assert.Equal((7, 1000, 7), (own, seenFromElsewhere, afterwards));
    }

    [Fact]
    public async Task Money_may_cost_more_than_was_set_aside_and_is_counted()
    {
        await LimitAsync(new QuotaSettings(LlmMonthlyUsd: 1m));
        var process = Process();
        var reservation = await process.ReserveAsync(Subject, QuotaMetric.Llm, QuotaUnits.OfUsd(0.90m), default);

        await process.SettleAsync(reservation, QuotaUnits.OfUsd(0.95m), default);
        var refusal = await Assert.ThrowsAsync<DomainException>(async () => await process.ReserveAsync(Subject, QuotaMetric.Llm, QuotaUnits.OfUsd(0.06m), default));

        Assert.Equal("quota_exceeded", refusal.Error.Code);
        Assert.Equal(QuotaUnits.OfUsd(0.95m), Assert.Single(await process.StandingAsync(Subject, default)).Used);
    }

    [Fact]
    public async Task Eighty_percent_and_the_end_are_told_once_a_window_however_many_take_and_give_back()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 10));
        var processes = new[] { Process(), Process() };

        for (var round = 0; round < 3; round++)
        {
            var reservations = new List<QuotaReservation>();
            for (var number = 0; number < 10; number++)
                reservations.Add(await processes[number % 2].ReserveAsync(Subject, QuotaMetric.Validation, 1, default));
            await _events.AtLeastAsync(2);
            foreach (var (number, reservation) in reservations.Index())
                await processes[number % 2].SettleAsync(reservation, 0, default);
            foreach (var process in processes)
                await process.GiveBackIdleAsync(TimeSpan.Zero, default);
        }

        // Two processes may both tell; what they tell has one id, by which it is planned once.
        Assert.Equal(["quota.exhausted", "quota.warning"], _events.All.DistinctBy(one => (one.Type, one.Key)).Select(one => one.Type).Order());
        Assert.Empty(_events.Faults);
    }

    [Fact]
    public async Task Raised_limit_counts_within_seconds()
    {
        await LimitAsync(new QuotaSettings(ValidationDaily: 1));
        var process = Process();
        await process.ReserveAsync(Subject, QuotaMetric.Validation, 1, default);
        Assert.False(await TryAsync(process, Subject));

        var tenants = new TenantStore(storage);
        Assert.True(await tenants.TryReplaceAsync((await tenants.FindAsync(_tenant, default))! with { Quotas = new QuotaSettings(ValidationDaily: 2) }, default));
        _clock.Pass(TimeSpan.FromSeconds(6));

        Assert.True(await TryAsync(process, Subject));
        Assert.False(await TryAsync(process, Subject));
    }

    private async Task LimitAsync(QuotaSettings quotas) => Assert.True(
        await new TenantStore(storage).AddAsync(new Tenant { Id = _tenant, Name = "Some", Quotas = quotas, CreatedAt = _clock.Now }, default));

    private async Task<string> KeyAsync(QuotaSettings quotas)
    {
        var keyId = ApiKey.New().KeyId;
        await new KeyStore(storage).SaveAsync(new KeyRecord { KeyId = keyId, Tenant = _tenant, Name = "Some", Scopes = ["*"], Hash = [1], Quotas = quotas, CreatedAt = _clock.Now }, default);
        return keyId;
    }

    private QuotaService Process(IStorage? through = null)
    {
        var store = through ?? storage;
        return new QuotaService(
            new QuotaStore(store, _clock),
            new TenantDirectory(new TenantStore(store), _clock, NullLogger<TenantDirectory>.Instance),
            new KeyDirectory(new KeyStore(store), _clock, NullLogger<KeyDirectory>.Instance),
            _events, _clock, NullLogger<QuotaService>.Instance);
    }

    private static async Task<bool> TryAsync(QuotaService process, QuotaSubject subject)
    {
        try
        {
            await process.ReserveAsync(subject, QuotaMetric.Validation, 1, default);
            return true;
        }
        catch (DomainException e) when (e.Error.Code == "quota_exceeded")
        {
            return false;
        }
    }
}
