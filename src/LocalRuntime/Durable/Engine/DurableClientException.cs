namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>The engine refused a request. On Azure a status error of gRPC takes its place, so that no app may name either of them.</summary>
internal sealed class DurableClientException(DurableClientError error, string message) : Exception(message)
{
    public DurableClientError Error => error;
}
