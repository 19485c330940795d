using System.Security.Cryptography;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Pipeline;

public sealed class KeptResultTests
{
    private const string WorkflowId = "wf_01kc0000000000000000000001";

    private static readonly TenantId Tenant = TenantId.Parse("acme");

    private readonly InMemoryStorage _storage = new();

    [Theory]
    [InlineData(10)]
    [InlineData(60_000)]
    public async Task First_result_of_a_step_that_runs_twice_stays_however_large_it_is(int bytes)
    {
        var (first, second) = (Noise(bytes), Noise(bytes));
        var chunk = new ChunkKey(Stage.Generate, 1, 2);
        using var one = new WorkflowStore(_storage);
        using var other = new WorkflowStore(_storage);
        using var later = new WorkflowStore(_storage);

        await one.KeepAsync(Tenant, WorkflowId, chunk, first, default);
        var kept = await other.KeepAsync(Tenant, WorkflowId, chunk, second, default);

        Assert.Equal(first, kept);
        Assert.Equal(first, await later.ResultAsync<string>(Tenant, WorkflowId, chunk, default));
        Assert.Equal(bytes > 1_000 ? 1 : 0, ((InMemoryBlobs)_storage.Blobs("workflow-results")).CountOf(""));
    }

    private static string Noise(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
}
