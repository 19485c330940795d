namespace ProspectOps.Platform.Signing;

/// <summary>A request that came in, as far as its signature goes.</summary>
/// <param name="Id">Header <c>webhook-id</c>; null where the form of the signature has none.</param>
/// <param name="Timestamp">Unix seconds as they were sent.</param>
/// <param name="Signature">As it was sent.</param>
/// <param name="Body">The raw bytes: what was signed is not what a parser makes of it.</param>
public sealed record SignedRequest(string? Id, string? Timestamp, string? Signature, ReadOnlyMemory<byte> Body);
