using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Forecast;

/// <summary>What is to be expected if a list is written to.</summary>
/// <param name="Rows">All of the list.</param>
/// <param name="Considered">Those that would be written to: neither duplicates nor suppressed, and with a verdict.</param>
/// <param name="Outcomes">Outcomes reported of addresses like these, that the estimate rests on; 0 where it is supposed alone.</param>
/// <param name="Drop">What to leave out to get under <c>maxBounceRate</c>; null where none was asked for.</param>
public sealed record ForecastView(
    string JobId,
    long Rows,
    long Considered,
    long Duplicates,
    long Suppressed,
    double ExpectedBounces,
    double ExpectedBounceRate,
    BounceInterval Interval,
    long Outcomes,
    IReadOnlyList<ForecastBand> Bands,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? MaxBounceRate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ForecastDrop? Drop);
