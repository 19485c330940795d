using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Tenancy;

/// <summary>Keys, made, rotated and revoked by several processes at once.</summary>
public abstract class KeyContract(IStorage storage) : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly TenantId _tenant = TenantId.Parse($"ten_{Guid.NewGuid():N}"[..30]);
    private readonly RaisedEvents _events = new();
    private readonly List<TenancyProcess> _processes = [];

    [Fact]
    public async Task Key_that_is_asked_for_twice_with_one_seed_is_one_key()
    {
        var process = await ProcessAsync();
        var (admin, _) = await process.NewCallerAsync(_tenant, "*");
        var seed = process.Ids.NewSuffix();

        var (_, first) = await process.Keys.CreateAsync(admin, TenancyProcess.Wanted("campaigns:read"), null, seed, default);
        var (_, again) = await (await ProcessAsync()).Keys.CreateAsync(admin, TenancyProcess.Wanted("campaigns:read"), null, seed, default);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.KeyId, (await process.CallAsync(first.Text)).KeyId);
        Assert.True(ApiKey.TryParse(first.Text, out _));
    }

    [Fact]
    public async Task Revoked_key_is_refused_here_at_once_and_elsewhere_within_five_seconds_of_use()
    {
        var (here, elsewhere) = (await ProcessAsync(), await ProcessAsync());
        var (admin, _) = await here.NewCallerAsync(_tenant, "*");
        var (victim, text) = await here.NewCallerAsync(_tenant, "campaigns:read");
        await elsewhere.CallAsync(text);

        await here.Keys.RevokeAsync(admin, $"key_{victim.KeyId}", default);
        var refusedHere = await RefusalAsync(here, text);
        await elsewhere.CallAsync(text);
        _clock.Pass(TimeSpan.FromSeconds(5));
        var refusedElsewhere = await RefusalAsync(elsewhere, text);

        Assert.Equal(("api_key_invalid", "api_key_invalid"), (refusedHere, refusedElsewhere));
    }

    [Fact]
    public async Task Key_that_is_revoked_while_another_process_rotates_it_stays_revoked()
    {
        var process = await ProcessAsync();
        var (admin, _) = await process.NewCallerAsync(_tenant, "*");
        var (victim, text) = await process.NewCallerAsync(_tenant, "campaigns:read");
        var meddled = new MeddledStorage(storage);
        using var rotating = new TenancyProcess(meddled, _clock);
        var copies = 0;
        // The first copy is the new key's; the old one's is revoked before it is written.
        meddled.Once(call => call is { Place: "ApiKeys", Operation: "upsert", Rows: ["key"] } && ++copies == 2, CallFate.Arrives, () => process.Keys.RevokeAsync(admin, $"key_{victim.KeyId}", default));

        await rotating.Keys.RotateAsync(admin, $"key_{victim.KeyId}", TimeSpan.FromHours(1), process.Ids.NewSuffix(), default);

        Assert.Equal("api_key_invalid", await RefusalAsync(await ProcessAsync(), text));
    }

    [Fact]
    public async Task Of_two_last_admin_keys_revoked_at_once_by_two_processes_one_stays()
    {
        for (var round = 0; round < 10; round++)
        {
            var tenant = TenantId.Parse($"{_tenant.Value}{round}");
            var processes = new[] { await ProcessAsync(tenant), await ProcessAsync(tenant) };
            var (one, _) = await processes[0].NewCallerAsync(tenant, "*");
            var (other, _) = await processes[0].NewCallerAsync(tenant, "admin:write");

            var codes = await Task.WhenAll(CodeAsync(processes[0].Keys.RevokeAsync(one, $"key_{other.KeyId}", default)), CodeAsync(processes[1].Keys.RevokeAsync(other, $"key_{one.KeyId}", default)));

            Assert.Equal([null, "last_admin_key"], codes.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Key_that_is_on_its_way_out_is_no_admin_key_to_count_on()
    {
        var process = await ProcessAsync();
        var (admin, _) = await process.NewCallerAsync(_tenant, "*");
        var (_, next, _) = await process.Keys.RotateAsync(admin, $"key_{admin.KeyId}", TimeSpan.FromHours(24), process.Ids.NewSuffix(), default);

        Assert.Equal("last_admin_key", await CodeAsync(process.Keys.RevokeAsync(admin, $"key_{next.KeyId}", default)));
        Assert.Null(await CodeAsync(process.Keys.RevokeAsync(admin, $"key_{admin.KeyId}", default)));
    }

    [Fact]
    public async Task Both_keys_work_in_the_grace_and_the_new_one_alone_after_it()
    {
        var process = await ProcessAsync();
        var (admin, text) = await process.NewCallerAsync(_tenant, "*");

        var (old, next, key) = await process.Keys.RotateAsync(admin, $"key_{admin.KeyId}", TimeSpan.FromHours(2), process.Ids.NewSuffix(), default);
        await process.CallAsync(text);
        await process.CallAsync(key.Text);
        _clock.Pass(TimeSpan.FromHours(2));

        Assert.Equal(_clock.Now, old.ExpiresAt);
        Assert.Equal((old.KeyId, next.KeyId), (next.PreviousKeyId, old.NextKeyId));
        Assert.Equal("api_key_invalid", await RefusalAsync(process, text));
        Assert.Equal(["*"], (await process.CallAsync(key.Text)).Scopes);
    }

    [Fact]
    public async Task Key_that_two_processes_rotate_at_once_has_one_successor()
    {
        var processes = new[] { await ProcessAsync(), await ProcessAsync() };
        var (admin, _) = await processes[0].NewCallerAsync(_tenant, "*");

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            CodeAsync(processes[number % 2].Keys.RotateAsync(admin, $"key_{admin.KeyId}", TimeSpan.FromHours(1), processes[0].Ids.NewSuffix(), default))));

        Assert.Single(codes, code => code is null);
        Assert.Equal(7, codes.Count(code => code == "key_already_rotated"));
        Assert.Equal(2, await processes[0].KeyStore.ListAsync(_tenant, "", 100, default).CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rotation_begun_again_after_a_crash_makes_the_same_key_and_revocation_takes_effect(bool callArrives)
    {
        for (var diesAt = 1; diesAt <= 14; diesAt++)
        {
            var tenant = TenantId.Parse($"{_tenant.Value}{diesAt}");
            var alive = await ProcessAsync(tenant);
            var (admin, text) = await alive.NewCallerAsync(tenant, "*");
            await alive.NewCallerAsync(tenant, "*");
            var seed = alive.Ids.NewSuffix();
            var dying = Process(new CrashingStorage(storage) { DiesAt = diesAt, CallArrives = callArrives });
            try
            {
                await dying.Keys.RotateAsync(admin, $"key_{admin.KeyId}", TimeSpan.FromHours(1), seed, default);
                await dying.Keys.RevokeAsync(admin, $"key_{admin.KeyId}", default);
            }
            catch (ProcessDiedException)
            {
            }

            var (_, next, key) = await alive.Keys.RotateAsync(admin, $"key_{admin.KeyId}", TimeSpan.FromHours(1), seed, default);
            await alive.Keys.RevokeAsync(admin, $"key_{admin.KeyId}", default);
            _clock.Pass(TimeSpan.FromSeconds(6));

            Assert.Equal(next.KeyId, (await alive.CallAsync(key.Text)).KeyId);
            Assert.Equal("api_key_invalid", await RefusalAsync(alive, text));
            Assert.Equal(3, await alive.KeyStore.ListAsync(tenant, "", 100, default).CountAsync());
        }
    }

    [Fact]
    public async Task No_key_grants_or_rotates_a_scope_that_it_lacks()
    {
        var process = await ProcessAsync();
        var (admin, _) = await process.NewCallerAsync(_tenant, "admin:write", "campaigns:write");
        var (stronger, _) = await process.NewCallerAsync(_tenant, "*");

        Assert.Equal("scope_not_grantable", await CodeAsync(process.Keys.CreateAsync(admin, TenancyProcess.Wanted("content:read"), null, process.Ids.NewSuffix(), default)));
        Assert.Equal("scope_not_grantable", await CodeAsync(process.Keys.CreateAsync(admin, TenancyProcess.Wanted("*"), null, process.Ids.NewSuffix(), default)));
        Assert.Equal("scope_not_grantable", await CodeAsync(process.Keys.RotateAsync(admin, $"key_{stronger.KeyId}", TimeSpan.Zero, process.Ids.NewSuffix(), default)));
        Assert.Null(await CodeAsync(process.Keys.CreateAsync(admin, TenancyProcess.Wanted("campaigns:read"), null, process.Ids.NewSuffix(), default)));
    }

    [Fact]
    public async Task Another_tenants_key_is_not_found_but_by_the_operator()
    {
        var process = await ProcessAsync();
        var (theirs, _) = await process.NewCallerAsync(_tenant, "campaigns:read");
        var (stranger, _) = await process.NewCallerAsync(TenantId.Parse($"{_tenant.Value}x"), "*");
        var (operatorKey, _) = await process.NewCallerAsync(TenantId.Default, "*");

        Assert.Equal("key_not_found", await CodeAsync(process.Keys.RevokeAsync(stranger, $"key_{theirs.KeyId}", default)));
        Assert.Equal("key_not_found", await CodeAsync(process.Keys.RotateAsync(stranger, $"key_{theirs.KeyId}", TimeSpan.Zero, process.Ids.NewSuffix(), default)));
        Assert.Equal("key_not_found", await CodeAsync(process.Keys.RevokeAsync(stranger, "key_../..", default)));
        Assert.Null(await CodeAsync(process.Keys.RevokeAsync(operatorKey, $"key_{theirs.KeyId}", default)));
    }

    [Fact]
    public async Task Rotation_is_warned_of_at_14_7_and_1_days_each_once()
    {
        var process = await ProcessAsync();
        var (admin, _) = await process.NewCallerAsync(_tenant, "*");
        await process.Keys.CreateAsync(admin, TenancyProcess.Wanted("campaigns:read") with { RotateEveryDays = 30 }, null, process.Ids.NewSuffix(), default);

        for (var hour = 0; hour < 31 * 24; hour += 6)
        {
            await (await ProcessAsync()).Reminder.RunAsync(default);
            _clock.Pass(TimeSpan.FromHours(6));
        }

        Assert.Equal(["key.rotation_due", "key.rotation_due", "key.rotation_due"], _events.All.Where(one => one.Tenant == _tenant).Select(one => one.Type));
        Assert.Equal(3, _events.All.Where(one => one.Tenant == _tenant).DistinctBy(one => (one.Type, one.Key)).Count());
        Assert.Empty(_events.Faults);
    }

    [Fact]
    public async Task Last_use_is_shown_and_written_behind_the_caller()
    {
        var process = await ProcessAsync();
        var (caller, _) = await process.NewCallerAsync(_tenant, "*");

        await process.KeyUse.FlushAsync(default);
        var used = (await process.KeyStore.UsedAsync(_tenant, caller.KeyId, caller.KeyId, default))[caller.KeyId];

        Assert.Equal((_clock.Now, "127.0.0.1", "tests"), (used.At, used.Address, used.Agent));
        Assert.Null(process.KeyUse.Noticed(caller.KeyId));
    }

    [Fact]
    public async Task Suspended_tenants_keys_are_told_so_and_deleted_tenants_keys_are_unknown()
    {
        var process = await ProcessAsync();
        var (operatorKey, _) = await process.NewCallerAsync(TenantId.Default, "*");
        var (_, text) = await process.NewCallerAsync(_tenant, "*");

        await process.Tenants.ChangeAsync(operatorKey, _tenant.Value, new TenantChanges(null, TenantStatus.Suspended, null, null), default);
        var suspended = await CodeAsync(RequireAsync(process, text));
        await process.Tenants.ChangeAsync(operatorKey, _tenant.Value, new TenantChanges(null, TenantStatus.Active, null, null), default);
        var active = await CodeAsync(RequireAsync(process, text));
        await process.Tenants.BeginDeleteAsync(operatorKey, _tenant.Value, default);

        Assert.Equal(("tenant_suspended", null), (suspended, active));
        Assert.Equal("api_key_invalid", await RefusalAsync(process, text));
        Assert.Equal("default_tenant_stays", await CodeAsync(process.Tenants.BeginDeleteAsync(operatorKey, "default", default)));
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        GC.SuppressFinalize(this);
    }

    private static async Task<Caller> RequireAsync(TenancyProcess process, string text)
    {
        var caller = await process.CallAsync(text);
        await process.Gate.RequireAsync(caller, "", null, default);
        return caller;
    }

    private TenancyProcess Process(IStorage through)
    {
        var process = new TenancyProcess(through, _clock, _events);
        _processes.Add(process);
        return process;
    }

    private async Task<TenancyProcess> ProcessAsync(TenantId? tenant = null)
    {
        var process = Process(storage);
        foreach (var one in new[] { tenant ?? _tenant, TenantId.Parse($"{_tenant.Value}x") })
            await process.TenantStore.AddAsync(new Tenant { Id = one, Name = "Some", CreatedAt = _clock.Now }, default);
        return process;
    }

    private static async Task<string> RefusalAsync(TenancyProcess process, string text) =>
        (await Assert.ThrowsAsync<DomainException>(async () => await process.CallAsync(text))).Error.Code;

    private static async Task<string?> CodeAsync(Task action)
    {
        try
        {
            await action;
            return null;
        }
        catch (DomainException e)
        {
            return e.Error.Code;
        }
    }
}
