namespace ProspectOps.Webhooks;

public sealed record DeadDelivery(int Index, string Cause);
