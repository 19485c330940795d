using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

/// <summary>A domain of a batch: worked out once a batch, however many of its addresses the batch holds.</summary>
internal sealed class DomainUnderCheck(string domain, AddressLists lists)
{
    public string Domain { get; } = domain;

    public bool IsSpecialUse { get; } = SpecialUseDomain.Includes(domain);

    public bool IsDotless { get; } = !domain.Contains('.', StringComparison.Ordinal);

    public bool IsDisposable { get; } = lists.IsDisposable(domain);

    public bool IsFree { get; } = lists.IsFreeProvider(domain);

    public bool IsHomograph { get; } = HomographDomain.Is(domain);

    /// <summary>What DNS says; null where it need not be asked.</summary>
    public MailDomain? Mail { get; private set; }

    /// <summary>The domain that was meant, where this one takes no mail.</summary>
    public string? Suggestion { get; private set; }

    public MxCheck Mx { get; private set; } = MxCheck.NotAsked;

    public bool NeedsDns => !IsSpecialUse && !IsDotless;

    public void Learn(MailDomain mail)
    {
        Mail = mail;
        Suggestion = mail.TakesNoMail ? DomainSuggestion.For(Domain) : null;
        Mx = mail.State switch
        {
            MailDomainState.Mx => new(true, mail.Hosts, false),
            // The hosts tell where mail would go; no MX record was found.
            MailDomainState.ImplicitMx => new(false, mail.Hosts, false),
            MailDomainState.NullMx => new(false, [], true),
            MailDomainState.NoMail or MailDomainState.NotFound => new(false, [], false),
            _ => MxCheck.NotAsked,
        };
    }
}
