using ProspectOps.Platform.Signing;
using ProspectOps.Tenancy;

namespace ProspectOps.Inbound;

/// <summary>Who sent a request without an API key: made by <see cref="InboundAuthenticator"/> alone, so that nothing in a request opens another tenant's store.</summary>
public sealed record InboundCaller
{
    internal InboundCaller(InboundKey key, SignedRequest? request, bool isReplay) => (Key, Request, IsReplay) = (key, request, isReplay);

    public InboundKey Key { get; }

    public TenantId Tenant => Key.Tenant;

    /// <summary>What was signed; null where a token was shown.</summary>
    public SignedRequest? Request { get; }

    /// <summary>This process has acted on the very same request before.</summary>
    public bool IsReplay { get; internal init; }
}
