using System.Text;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Signing;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tests.Tenancy;

namespace ProspectOps.Tests.Inbound;

/// <summary>Who sends without a key of ours is let in as who sends with one: only while the tenant is there and active.</summary>
public sealed class InboundAuthenticatorTests : IDisposable
{
    private const string KeyId = "01h2xcejqtf2nbrexx3vqjhp41";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}");

    private readonly FakeClock _clock = new();
    private readonly TenancyProcess _here;
    private readonly TenancyProcess _elsewhere;
    private readonly InboundAuthenticator _authenticator;
    private readonly InboundKeyStore _keys;
    private readonly Tenant _tenant = new() { Id = TenantId.Parse("ten_inbound"), Name = "Inbound", CreatedAt = DateTimeOffset.UnixEpoch };

    public InboundAuthenticatorTests()
    {
        var storage = new InMemoryStorage();
        (_here, _elsewhere) = (new TenancyProcess(storage, _clock), new TenancyProcess(storage, _clock));
        _keys = new InboundKeyStore(storage, _clock);
        _authenticator = new InboundAuthenticator(_keys, _here.TenantDirectory, _here.Hasher, new SignatureVerifier(new ReplayCache(_clock), _clock), _clock);
    }

    public void Dispose()
    {
        _here.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData(TenantStatus.Suspended, "tenant_suspended")]
    [InlineData(TenantStatus.Deleting, "signature_invalid")]
    public async Task Tenant_that_is_out_of_use_is_refused_within_five_seconds_wherever_that_was_done(TenantStatus status, string code)
    {
        await _here.TenantStore.AddAsync(_tenant, default);
        await _keys.PutInUseAsync(_tenant.Id, InboundPurpose.Clay, "cmp_1", KeyId, default);
        var before = await RefusalAsync();

        Assert.True(await _elsewhere.TenantStore.TryReplaceAsync((await _elsewhere.TenantStore.FindAsync(_tenant.Id, default))! with { Status = status }, default));
        _clock.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal((null, code), (before, await RefusalAsync()));
    }

    [Fact]
    public async Task Key_of_a_tenant_that_is_gone_is_none()
    {
        await _keys.PutInUseAsync(_tenant.Id, InboundPurpose.Clay, "cmp_1", KeyId, default);

        Assert.Equal("signature_invalid", await RefusalAsync());
    }

    [Fact]
    public async Task Suspension_is_told_only_to_who_proved_who_they_are()
    {
        await _here.TenantStore.AddAsync(_tenant with { Status = TenantStatus.Suspended }, default);
        await _keys.PutInUseAsync(_tenant.Id, InboundPurpose.Clay, "cmp_1", KeyId, default);
        var forged = _authenticator.TokenOf(InboundPurpose.Clay, KeyId)[..^1] + "!";

        Assert.Equal("signature_invalid", await RefusalAsync(forged));
    }

    private async Task<string?> RefusalAsync(string? token = null)
    {
        try
        {
            var credentials = new InboundCredentials(token ?? _authenticator.TokenOf(InboundPurpose.Clay, KeyId), null, null, null, null, null);
            var caller = await _authenticator.AuthenticateAsync(InboundPurpose.Clay, credentials, Body, default);
            Assert.Equal(_tenant.Id, caller.Tenant);
            return null;
        }
        catch (DomainException e)
        {
            return e.Error.Code;
        }
    }
}
