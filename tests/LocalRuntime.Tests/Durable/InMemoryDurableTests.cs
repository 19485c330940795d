using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class InMemoryDurableTests : DurableScenarios
{
    private protected override Task<IInstanceStore> NewStoreAsync() => Task.FromResult<IInstanceStore>(new InMemoryInstanceStore());
}
