using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker;

/// <summary>The tests of queues and timers share one Azurite and take turns.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerStorage : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Worker storage";
}
