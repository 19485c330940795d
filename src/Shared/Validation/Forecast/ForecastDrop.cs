namespace ProspectOps.Validation.Forecast;

/// <summary>What to leave out, the likeliest to bounce first.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Items">The first thousand in the input's order; all of them with <c>format=csv</c>.</param>
public sealed record ForecastDrop(long Rows, double ExpectedBouncesAfter, double ExpectedBounceRateAfter, IReadOnlyList<DroppedRow> Items);
