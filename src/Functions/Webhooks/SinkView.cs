namespace ProspectOps.Functions.Webhooks;

public sealed record SinkView(string Script, int Status);
