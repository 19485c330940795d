namespace ProspectOps.Content;

public sealed record VideoScene(int Seconds, string Narration, string Visual);
