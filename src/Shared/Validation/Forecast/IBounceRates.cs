using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Forecast;

/// <summary>How likely mail to an address bounces.</summary>
public interface IBounceRates
{
    /// <summary>What addresses have in common by who takes their mail: a few dozen names at most.</summary>
    /// <param name="mxHosts">The preferred one first.</param>
    string FamilyOf(IReadOnlyList<string> mxHosts);

    ValueTask<BounceRate> OfAsync(TenantId tenant, Verdict verdict, int score, string family, CancellationToken cancellationToken);
}
