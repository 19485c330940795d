namespace ProspectOps.Platform.Text;

/// <summary>A word as it is compared, and where it stood.</summary>
/// <param name="Text">Lower case, without accents.</param>
/// <param name="Start">Index of its first character in the original.</param>
/// <param name="End">Index behind its last character.</param>
/// <param name="Clause">Grows at commas, full stops and the like: two words with different numbers do not belong together.</param>
internal readonly record struct FoldedWord(string Text, int Start, int End, int Clause);
