using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;
using ProspectOps.Tenancy.Limits;

namespace ProspectOps.Tests.Tenancy;

/// <summary>All of tenancy in one process, over a store that outlives it.</summary>
internal sealed class TenancyProcess : IDisposable
{
    public TenancyProcess(IStorage storage, FakeClock clock, ITenantEvents? events = null)
    {
        Hasher = SomeSecrets.Hasher();
        KeyStore = new KeyStore(storage);
        TenantStore = new TenantStore(storage);
        KeyDirectory = new KeyDirectory(KeyStore, clock, NullLogger<KeyDirectory>.Instance);
        TenantDirectory = new TenantDirectory(TenantStore, clock, NullLogger<TenantDirectory>.Instance);
        AuditStore = new AuditStore(storage, Hasher, new IdSource(clock), clock);
        Audit = new AuditLog(AuditStore, new AuditSigningKey(Hasher), clock);
        Keys = new KeyService(KeyStore, KeyDirectory, TenantStore, Hasher, Audit, clock);
        Tenants = new TenantService(TenantStore, TenantDirectory, Audit, clock);
        KeyUse = new KeyUse(KeyStore);
        Failures = new SignInFailures(Audit, clock, NullLogger<SignInFailures>.Instance);
        Gate = new Gate(new Authenticator(KeyDirectory, Hasher, clock), TenantDirectory, KeyUse, Failures, clock);
        Limiter = new RateLimiter(new LimitLeaseStore(storage), new ProcessIdentity(), clock, NullLogger<RateLimiter>.Instance);
        Reminder = new KeyReminder(KeyStore, TenantStore, events ?? new RaisedEvents(), clock);
        Ids = new IdSource(clock);
        Clock = clock;
    }

    public KeyHasher Hasher { get; }
    public KeyStore KeyStore { get; }
    public TenantStore TenantStore { get; }
    public KeyDirectory KeyDirectory { get; }
    public TenantDirectory TenantDirectory { get; }
    public AuditStore AuditStore { get; }
    public AuditLog Audit { get; }
    public KeyService Keys { get; }
    public TenantService Tenants { get; }
    public KeyUse KeyUse { get; }
    public SignInFailures Failures { get; }
    public Gate Gate { get; }
    public RateLimiter Limiter { get; }
    public KeyReminder Reminder { get; }
    public IdSource Ids { get; }

    private FakeClock Clock { get; }

    /// <summary>A key put into the store, and who calls with it.</summary>
    public async Task<(Caller Caller, string Text)> NewCallerAsync(TenantId tenant, params string[] scopes)
    {
        var key = ApiKey.New();
        await KeyStore.SaveAsync(new KeyRecord { KeyId = key.KeyId, Tenant = tenant, Name = "some", Scopes = scopes, Hash = Hasher.Hash(key), CreatedAt = Clock.Now }, default);
        return (await CallAsync(key.Text), key.Text);
    }

    public ValueTask<Caller> CallAsync(string? text) => Gate.IdentifyAsync(text, System.Net.IPAddress.Loopback, "tests", "r1", default);

    public static NewKey Wanted(params string[] scopes) => new("some", scopes, null, null, null, null, null);

    public void Dispose() => Failures.Dispose();
}
