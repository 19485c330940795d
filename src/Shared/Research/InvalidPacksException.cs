namespace ProspectOps.Research;

/// <summary>Packs that cannot be used as they are. The app does not start with one: a wrong rubric would score in silence.</summary>
public sealed class InvalidPacksException(IReadOnlyList<PackFault> faults)
    : Exception($"{faults.Count} fault(s) in industry packs:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}")
{
    /// <summary>Every fault of every file, by file and then from top to bottom.</summary>
    public IReadOnlyList<PackFault> Faults { get; } = faults;
}
