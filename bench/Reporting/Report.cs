using System.Globalization;
using System.Text.Json;

namespace ProspectOps.Bench.Reporting;

/// <summary>The figures of one benchmark, in the order in which they were taken.</summary>
internal sealed class Report(string bench, Machine machine)
{
    private readonly List<Figure> _figures = [];

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Bench { get; } = bench;

    public Machine Machine { get; } = machine;

    public IReadOnlyList<Figure> Figures => _figures;

    public void Add(string section, string name, double value, string unit) => _figures.Add(new Figure(section, name, Math.Round(value, 4), unit));

    public void Print(TextWriter to)
    {
        var load = Machine.LoadBefore is { } before ? string.Create(CultureInfo.InvariantCulture, $", load before {before:0.0}") : "";
        to.WriteLine($"{Bench}: {Machine.Cores} cores{load}");
        foreach (var section in _figures.GroupBy(figure => figure.Section))
        {
            to.WriteLine($"  {section.Key}");
            foreach (var figure in section)
                to.WriteLine($"    {figure.Name,-44}{Text(figure.Value),12} {figure.Unit}");
        }
        to.WriteLine();
    }

    private static string Text(double value) => value.ToString(value == Math.Floor(value) || Math.Abs(value) >= 1_000 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
