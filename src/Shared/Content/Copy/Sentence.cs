namespace ProspectOps.Content.Copy;

/// <summary>One sentence as a template wrote it.</summary>
/// <param name="Paragraph">Counted from 1 through the message; the scene in a video.</param>
/// <param name="Drop">0 stays; of the others the highest goes first where the message is too long.</param>
internal sealed record Sentence(Part Part, int Paragraph, string Text, FactSet RestsOn, int Drop);
