using ProspectOps.Prospects.Scoring;

namespace ProspectOps.Validation;

/// <summary>The list of free providers, for whoever scores people by their domain.</summary>
internal sealed class FreeMailDomains(AddressLists lists) : IFreeMailDomains
{
    public bool Contains(string domain) => lists.IsFreeProvider(domain);
}
