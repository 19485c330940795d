using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Tenancy;

public sealed class KeyUseTests
{
    [Fact]
    public async Task Use_that_is_written_while_it_is_looked_for_is_found()
    {
        var storage = new InMemoryStorage();
        var after = InterruptedStorage.Of(storage);
        using var process = new TenancyProcess(after, new FakeClock());
        var (caller, _) = await process.NewCallerAsync(TenantId.Default, "*");
        InterruptedStorage.AfterRead(after, () => process.KeyUse.FlushAsync(default));

        var last = await process.KeyUse.LastAsync(TenantId.Default, [caller.KeyId], default);

        Assert.Null(process.KeyUse.Noticed(caller.KeyId));
        Assert.Equal("127.0.0.1", last[caller.KeyId].Address);
    }
}
