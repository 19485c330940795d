namespace ProspectOps.Prospects.Scoring;

/// <summary>Knows the domains where anybody gets a mailbox, which therefore say nothing of an employer.</summary>
/// <remarks>The app binds it to the list of e-mail validation.</remarks>
public interface IFreeMailDomains
{
    /// <param name="domain">Lower case, without a dot at its end.</param>
    bool Contains(string domain);
}
