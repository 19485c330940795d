using Azure;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>A process on the hub, as its row says.</summary>
/// <param name="Id">New at each start.</param>
/// <param name="Until">Alive until then, unless it says so again.</param>
/// <param name="Doorbell">Port of the loopback interface where it listens; 0 if nowhere.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="LockFile">Locked by the kernel as long as it lives.</param>
internal sealed record HubMember(string Id, DateTimeOffset Until, int Doorbell, string Machine, string LockFile)
{
    public ETag ETag { get; init; }
}
