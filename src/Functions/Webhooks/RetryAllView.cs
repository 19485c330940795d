namespace ProspectOps.Functions.Webhooks;

/// <param name="Retrying">How many dead letters there are to send again.</param>
public sealed record RetryAllView(int Retrying, string StatusUrl);
