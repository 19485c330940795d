using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Clay;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Clay;

public sealed class ClayConnectionStoreTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");
    private static readonly ClayOptions Limits = new() { LifetimeLimit = 1_000 };

    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();
    private readonly ClayConnection _connection = new($"cmp_{new string('0', 26)}", new Uri("https://api.clay.example/v3/sources/webhook/1"), "a-token", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Processes_share_the_rate_and_the_life_of_a_webhook()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => Store()).ToArray();
        long granted = 0;
        for (var second = 0; second < 60; second++)
        {
            var leases = await Task.WhenAll(processes.Select(process => Task.Run(() => process.LeaseAsync(Tenant, _connection, 10, Limits, default))));
            granted += leases.Sum(lease => lease.Granted);
            Assert.InRange(granted, 0, Math.Min(1_000, 15 + second * 10));
            _clock.Pass(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(granted, await processes[0].SentAsync(Tenant, _connection, default));
        Assert.InRange(granted, 550, 605);
    }

    [Fact]
    public async Task Life_ends_at_its_limit_and_another_webhook_has_a_life_of_its_own()
    {
        var store = Store();
        var limits = new ClayOptions { LifetimeLimit = 12, Burst = 15 };
        Assert.Equal(10, (await store.LeaseAsync(Tenant, _connection, 10, limits, default)).Granted);
        Assert.Equal(2, (await store.LeaseAsync(Tenant, _connection, 10, limits, default)).Granted);
        Assert.Equal(new ClayLease(0, TimeSpan.Zero, 12, 0), await store.LeaseAsync(Tenant, _connection, 10, limits, default));

        await store.GiveBackAsync(Tenant, _connection, 1, TimeSpan.Zero, default);

        Assert.Equal(1, (await store.LeaseAsync(Tenant, _connection, 10, limits, default)).Granted);
        Assert.Equal(0, await store.SentAsync(Tenant, _connection with { WebhookUrl = new Uri("https://api.clay.example/v3/sources/webhook/2") }, default));
    }

    [Fact]
    public async Task Everybody_waits_as_long_as_clay_asked()
    {
        var store = Store();
        await store.LeaseAsync(Tenant, _connection, 1, Limits, default);

        await store.GiveBackAsync(Tenant, _connection, 1, TimeSpan.FromSeconds(7), default);

        var lease = await Store().LeaseAsync(Tenant, _connection, 10, Limits, default);
        Assert.Equal((0, TimeSpan.FromSeconds(7.5)), (lease.Granted, lease.Wait));
    }

    [Fact]
    public async Task Token_does_not_stand_in_the_store_as_it_is()
    {
        await Store().PutAsync(Tenant, _connection, default);

        var row = await _storage.Table("ClayConnections").FindAsync(Tenant.Value, $"c|{_connection.CampaignId}", default);
        Assert.DoesNotContain("a-token", row!.Text("AuthToken")!, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", _connection.ToString(), StringComparison.Ordinal);
        Assert.Equal("a-token", (await Store().FindAsync(Tenant, _connection.CampaignId, default))!.AuthToken);
    }

    [Fact]
    public async Task Tenants_that_the_operator_puts_into_one_workspace_share_its_rate_and_its_pauses()
    {
        var (one, other, apart) = (await TenantAsync("one", "agency"), await TenantAsync("other", "agency"), await TenantAsync("apart", null));
        var store = Store();

        Assert.Equal(5, (await store.LeaseAsync(one, _connection, 5, Limits, default)).Granted);
        Assert.Equal(5, (await Store().LeaseAsync(other, _connection, 10, Limits, default)).Granted);
        Assert.Equal(5, (await store.LeaseAsync(apart, _connection, 5, Limits, default)).Granted);
        Assert.Equal((5L, 5L), (await store.SentAsync(one, _connection, default), await store.SentAsync(other, _connection, default)));

        await store.GiveBackAsync(one, _connection, 1, TimeSpan.FromSeconds(7), default);

        Assert.Equal((0, TimeSpan.FromSeconds(7.5)), (await store.LeaseAsync(other, _connection, 10, Limits, default)) is var lease ? (lease.Granted, lease.Wait) : default);
        Assert.Equal(5, (await store.LeaseAsync(apart, _connection, 10, Limits, default)).Granted);
        Assert.Equal(4, await store.SentAsync(one, _connection, default));
    }

    private async Task<TenantId> TenantAsync(string name, string? workspace)
    {
        var settings = workspace is null ? new Dictionary<string, JsonElement>() : new() { ["clayWorkspace"] = JsonSerializer.SerializeToElement(workspace) };
        var tenant = TenantId.Parse(name);
        await new TenantStore(_storage).AddAsync(new Tenant { Id = tenant, Name = name, Settings = settings, CreatedAt = _clock.Now }, default);
        return tenant;
    }

    private ClayConnectionStore Store() => new(_storage, SomeSecrets.Cipher(), new TenantDirectory(new TenantStore(_storage), _clock, NullLogger<TenantDirectory>.Instance), _clock);
}
