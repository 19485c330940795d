using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Research;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Pipeline;

/// <summary>A process dies at each of its calls to the store while it starts a workflow: nothing says that it runs and does not.</summary>
public sealed class CrashedStartTests
{
    private const string Seed = "01kc0000000000000000000001";

    private static readonly TenantId Tenant = TenantId.Parse("acme");

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Campaign_that_says_it_runs_has_a_workflow_that_does(bool callArrives)
    {
        var calls = await RunAsync(0);
        Assert.InRange(calls, 4, 30);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call);

        async Task<int> RunAsync(int diesAt)
        {
            var (storage, started, count) = await DieAsync(diesAt, callArrives, (service, client) => service.StartAsync(
                Tenant, new PipelineRequest { Name = "Spring", Industry = "casino", Prospects = [new Prospect { Email = "ann@casino.example" }] }, Seed, client, default));
            var campaign = await new CampaignStore(storage).FindAsync(Tenant, $"cmp_{Seed}", default);
            Assert.True(campaign is null || started, $"died at call {diesAt}: the campaign is {campaign?.Status}, and nothing runs");
            Assert.True(!started || campaign is not null, $"died at call {diesAt}: it runs without its campaign");
            return count;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agent_that_says_it_is_being_built_is(bool callArrives)
    {
        var calls = await RunAsync(0);
        Assert.InRange(calls, 4, 30);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call);

        async Task<int> RunAsync(int diesAt)
        {
            var (storage, started, count) = await DieAsync(diesAt, callArrives, (service, client) => service.StartAgentBuildAsync(Tenant, "casino", "for a test", Seed, client, default));
            await using var services = Services(storage);
            var agent = await services.GetRequiredService<AgentService>().FindAsync(Tenant, "casino", default);
            Assert.True(agent is null || started, $"died at call {diesAt}: the agent is {agent?.Status}, and nobody builds it");
            return count;
        }
    }

    /// <summary>Starts something and dies; then another process sweeps, twice and ten minutes apart.</summary>
    private async Task<(IStorage Storage, bool Started, int Calls)> DieAsync(int diesAt, bool callArrives, Func<PipelineService, IWorkflowClient, Task> start)
    {
        var storage = new InMemoryStorage();
        var client = new StartedWorkflows();
        var crashing = new CrashingStorage(storage) { DiesAt = diesAt, CallArrives = callArrives };
        await using (var dying = Services(crashing))
        {
            try
            {
                await start(dying.GetRequiredService<PipelineService>(), client);
            }
            catch (ProcessDiedException)
            {
                // Its client has no answer.
            }
        }
        await using var services = Services(storage);
        foreach (var wait in new[] { TimeSpan.FromSeconds(21), TimeSpan.FromMinutes(11) })
        {
            _clock.Pass(wait);
            await services.GetRequiredService<PipelineService>().SweepAsync(client, othersAreDead: false, default);
        }
        return (storage, client.Instances.ContainsKey(PipelineJob.InstanceId(Tenant, $"wf_{Seed}")), crashing.Calls);
    }

    private ServiceProvider Services(IStorage storage)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Secrets:Keys", SomeSecrets.First)]).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(storage);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddPlatform(configuration).AddTenancy(configuration).AddValidation(configuration).AddProspects().AddOperations().AddWebhooks(configuration).AddCampaigns().AddResearch(configuration).AddPipeline();
        return services.BuildServiceProvider();
    }
}
