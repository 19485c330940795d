namespace ProspectOps.Platform.Hosting;

/// <summary>Names this process among those that share a store: what a lease says of its holder.</summary>
public sealed class ProcessIdentity
{
    public string Name { get; } = Guid.NewGuid().ToString("N");
}
