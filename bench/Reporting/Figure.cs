namespace ProspectOps.Bench.Reporting;

internal sealed record Figure(string Section, string Name, double Value, string Unit);
