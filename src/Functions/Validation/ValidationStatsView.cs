using ProspectOps.Validation;
using ProspectOps.Validation.Calibration;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Functions.Validation;

/// <summary>How validation has fared: counts of this instance since it started, and outcomes of all time.</summary>
public sealed record ValidationStatsView(
    DateTimeOffset Since,
    long Checks,
    CacheStatsView Cache,
    IReadOnlyDictionary<Verdict, long> ByVerdict,
    CheckTimings Timings,
    OutcomeStatsView Outcomes,
    IReadOnlyList<ReliabilityRow> Reliability);
