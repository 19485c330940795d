namespace ProspectOps.Validation.Jobs;

/// <summary>A row of the input with what came of it.</summary>
/// <param name="Row">Its number, 1 for the first below the header.</param>
/// <param name="Cells">As they came, as many as the widest row has.</param>
/// <param name="Email">As it came.</param>
/// <param name="Result">Null where nothing is known: its chunk is dead, or the job was canceled.</param>
/// <param name="DuplicateOf">The row whose verdict it carries, where it repeats one.</param>
public sealed record ResultRow(long Row, IReadOnlyList<string> Cells, string Email, ValidationResult? Result, long? DuplicateOf);
