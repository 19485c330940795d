using ProspectOps.Platform.Signing;

namespace ProspectOps.Inbound;

/// <summary>Who sent a request: made by <see cref="InboundAuthenticator"/> alone.</summary>
/// <param name="Request">What was signed; null where a token was shown.</param>
/// <param name="IsReplay">This process has acted on the very same request before.</param>
public sealed record InboundCaller(InboundKey Key, SignedRequest? Request, bool IsReplay);
