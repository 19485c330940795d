namespace ProspectOps.Validation.Smtp;

/// <summary>What mail servers said of a whole domain.</summary>
/// <param name="Domain">In lower-case A-labels.</param>
/// <param name="IsCatchAll">Whether it takes mailboxes that cannot exist.</param>
/// <param name="Family">Who runs its mail servers.</param>
/// <param name="Host">The mail server that said so.</param>
public sealed record DomainFacts(string Domain, bool IsCatchAll, string Family, string Host, DateTimeOffset FoundAt, DateTimeOffset ExpiresAt);
