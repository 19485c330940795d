namespace ProspectOps.Pipeline;

/// <summary>An endpoint of one campaign alone.</summary>
/// <param name="Secret"><c>whsec_…</c>; made where it is missing.</param>
public sealed record DeliverTo(string? Url, string? Secret);
