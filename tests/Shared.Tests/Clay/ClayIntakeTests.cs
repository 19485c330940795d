using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProspectOps.Campaigns;
using ProspectOps.Clay;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Research;
using ProspectOps.Tenancy;
using ProspectOps.Tests.Pipeline;
using ProspectOps.Validation;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Clay;

public sealed class ClayIntakeTests
{
    private readonly ClayWorld _world = new();
    private readonly StartedWorkflows _client = new();

    [Fact]
    public async Task Claim_that_comes_when_another_process_has_taken_its_people_stands_in_nobodys_way()
    {
        await new CampaignStore(_world.Storage).AddAsync(ClayWorld.Tenant, new Campaign(ClayWorld.CampaignId, "Clay", "casino", null, CampaignStatus.Draft, _world.Clock.Now), default);
        await _world.TakeAsync(new { po_row_id = "r1", email = "ann@example.com" });
        var meddled = new MeddledStorage(_world.Storage);
        await using var slow = Services(meddled);
        await using var quick = Services(_world.Storage);
        // The slow one has seen who waits and that nothing runs; before it claims them, the quick one has done everything, and the workflow is over.
        meddled.Once(call => call is { Place: "ClayRows", Operation: "insert" } && call.Rows[0].StartsWith("g|", StringComparison.Ordinal), CallFate.Arrives, async () =>
        {
            await RunAsync(quick);
            await new CampaignStore(_world.Storage).SetStatusAsync(ClayWorld.Tenant, ClayWorld.CampaignId, CampaignStatus.Completed, default);
        });
        await RunAsync(slow);
        Assert.Single(_client.Instances);

        await _world.TakeAsync(new { po_row_id = "r2", email = "bob@example.com" });
        for (var turn = 0; turn < 3; turn++)
            await RunAsync(quick);

        Assert.Equal(2, _client.Instances.Count);
        Assert.Empty(await _world.WaitingAsync());
    }

    private Task<bool> RunAsync(ServiceProvider process) => process.GetRequiredService<ClayIntake>().RunAsync(ClayWorld.Tenant, ClayWorld.CampaignId, _client, default);

    private ServiceProvider Services(IStorage storage)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Secrets:Keys", SomeSecrets.First)]).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(storage);
        services.AddSingleton<TimeProvider>(_world.Clock);
        services.AddPlatform(configuration).AddTenancy(configuration).AddValidation(configuration).AddProspects().AddOperations().AddWebhooks(configuration).AddCampaigns().AddResearch(configuration).AddPipeline().AddClay(configuration);
        return services.BuildServiceProvider();
    }
}
