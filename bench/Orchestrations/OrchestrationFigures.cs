namespace ProspectOps.Bench.Orchestrations;

/// <param name="Seconds">All of it.</param>
/// <param name="MedianMs">Of one, where it was measured.</param>
/// <param name="PeakMb">Heap above what there was before, garbage included, where it was measured.</param>
public sealed record OrchestrationFigures(double Seconds, double MedianMs, double PeakMb);
