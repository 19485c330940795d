namespace ProspectOps.Platform.Text;

/// <summary>A phrase found in a text.</summary>
/// <param name="At">Index of its first word.</param>
/// <param name="Length">How many words it has.</param>
internal readonly record struct PhraseMatch<T>(int At, int Length, string Phrase, T Value);
