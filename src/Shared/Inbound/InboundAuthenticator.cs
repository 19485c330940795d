using System.Text;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Signing;
using ProspectOps.Tenancy;

namespace ProspectOps.Inbound;

/// <summary>Tells whose system a request without an API key comes from.</summary>
/// <remarks>
/// A secret derives from the installation's own and the key's id. So nothing that is stored gives it away, and a wrong one is refused
/// before the store is asked.
/// </remarks>
public sealed class InboundAuthenticator(InboundKeyStore keys, TenantDirectory tenants, KeyHasher hasher, SignatureVerifier verifier, TimeProvider clock)
{
    private const int IdCharacters = 26;
    private const int SecretCharacters = 52;

    /// <summary>The secret of a key, 256 bits as 52 characters.</summary>
    // No tenant's name begins like this, so that nothing else we sign reads the same.
    public string SecretOf(InboundPurpose purpose, string keyId) => hasher.Tag($"!inbound\n{purpose}\n{keyId}", SecretCharacters);

    /// <summary>The same secret for those who sign as Standard Webhooks.</summary>
    public static WebhookSecret WebhookSecretOf(string secret) =>
        WebhookSecret.TryParse($"whsec_{Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}", out var parsed) ? parsed! : throw new InvalidOperationException("A secret is too short or too long.");

    public string TokenOf(InboundPurpose purpose, string keyId) => $"{Prefix(purpose)}_{keyId}_{SecretOf(purpose, keyId)}";

    /// <exception cref="DomainException"><c>signature_missing</c>, <c>signature_invalid</c>, <c>timestamp_stale</c>, <c>tenant_suspended</c>.</exception>
    public async ValueTask<InboundCaller> AuthenticateAsync(InboundPurpose purpose, InboundCredentials credentials, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.IsEmpty)
            throw new DomainException(InboundErrors.Missing);
        var keyId = credentials.Signature is null && credentials.WebhookSignature is null ? KeyIdOfToken(purpose, credentials.Token) : credentials.KeyId;
        if (keyId is not { Length: IdCharacters } || !Base32.IsValid(keyId))
            throw new DomainException(InboundErrors.Invalid);
        var (verdict, signed) = Verify(purpose, keyId, credentials, body);
        if (verdict is not (SignatureVerdict.Valid or SignatureVerdict.Replayed))
            throw new DomainException(verdict switch { SignatureVerdict.Missing => InboundErrors.Missing, SignatureVerdict.Stale => InboundErrors.Stale, _ => InboundErrors.Invalid });
        if (await keys.FindAsync(keyId, cancellationToken) is not { } key || key.Purpose != purpose || key.ExpiresAt <= clock.GetUtcNow())
            throw new DomainException(InboundErrors.Invalid);
        // As with a key of ours: a tenant that is being deleted has none any more, one that is suspended may not use it.
        if (await tenants.FindAsync(key.Tenant, cancellationToken) is not { Status: not TenantStatus.Deleting } tenant)
            throw new DomainException(InboundErrors.Invalid);
        if (tenant.Status == TenantStatus.Suspended)
            throw new DomainException(TenancyErrors.TenantSuspended);
        return new InboundCaller(key, signed, verdict == SignatureVerdict.Replayed);
    }

    /// <summary>Says that a request was acted on.</summary>
    public void Remember(InboundCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Request is { } signed)
            verifier.Remember(signed);
    }

    private (SignatureVerdict, SignedRequest?) Verify(InboundPurpose purpose, string keyId, InboundCredentials credentials, ReadOnlyMemory<byte> body)
    {
        if (credentials.WebhookSignature is not null)
        {
            var webhook = new SignedRequest(credentials.WebhookId, credentials.Timestamp, credentials.WebhookSignature, body);
            return (verifier.StandardWebhook(webhook, WebhookSecretOf(SecretOf(purpose, keyId))), webhook);
        }
        if (credentials.Signature is null)
            return (SignatureVerifier.Token(TokenOf(purpose, keyId), credentials.Token), null);
        var signed = new SignedRequest(null, credentials.Timestamp, credentials.Signature, body);
        // People take the whole token for the secret as often as its last part.
        return (verifier.TimestampedHmac(signed, Encoding.UTF8.GetBytes(SecretOf(purpose, keyId)), Encoding.UTF8.GetBytes(TokenOf(purpose, keyId))), signed);
    }

    private static string? KeyIdOfToken(InboundPurpose purpose, string? token) =>
        token?.Split('_') is [var prefix, var keyId, _] && prefix == Prefix(purpose) ? keyId : null;

    private static string Prefix(InboundPurpose purpose) => purpose == InboundPurpose.Clay ? "clay" : "crm";
}
