namespace ProspectOps.Validation.Dns;

/// <summary>What DNS says of a domain's mail.</summary>
/// <param name="Hosts">Mail servers, the preferred one first; the domain itself where it stands for one.</param>
/// <param name="TimeToLive">How long it may be remembered.</param>
/// <param name="Took">How long finding out took; nothing where it was remembered.</param>
public sealed record MailDomain(MailDomainState State, IReadOnlyList<string> Hosts, TimeSpan TimeToLive, TimeSpan Took)
{
    /// <summary>When DNS said so.</summary>
    public DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Whether it is certain that mail cannot arrive.</summary>
    public bool TakesNoMail => State is MailDomainState.NullMx or MailDomainState.NoMail or MailDomainState.NotFound;
}
