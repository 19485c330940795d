using System.Diagnostics;

namespace ProspectOps.Validation.Cache;

/// <summary>How long a verdict is remembered.</summary>
public static class VerdictLifetime
{
    public static TimeSpan Of(Verdict verdict) => verdict switch
    {
        Verdict.Deliverable or Verdict.Undeliverable => TimeSpan.FromDays(7),
        Verdict.Risky => TimeSpan.FromDays(1),
        Verdict.Unknown => TimeSpan.FromHours(1),
        _ => throw new UnreachableException(),
    };
}
