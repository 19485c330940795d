using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProspectOps.Campaigns;
using ProspectOps.Crm;
using ProspectOps.Inbound;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Crm;

/// <summary>The services that bring a CRM's upload to its end in one process, put together as the app does.</summary>
internal sealed class CrmProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public CrmProcess(IStorage storage, TimeProvider clock, IEmailValidator validator)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Secrets:Keys"] = SomeSecrets.First,
            ["Tenancy:HashKey"] = Convert.ToBase64String(new byte[32]),
            ["Webhooks:AllowPrivateNetworks"] = "true",
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(storage);
        services.AddSingleton(clock);
        services.AddPlatform(configuration).AddTenancy(configuration).AddInbound().AddCrm();
        services.AddValidation(configuration).AddValidationJobs().AddProspects().AddOperations().AddWebhooks(configuration);
        services.AddSingleton<CampaignProspectStore>();
        services.AddSingleton<WorkflowStore>();
        services.AddSingleton<WorkflowControls>();
        services.AddSingleton(validator);
        _services = services.BuildServiceProvider();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What the timers and the start do for what a process that died has left.</summary>
    public async Task SweepAsync()
    {
        await Get<EventPublisher>().SweepAsync(othersAreDead: true, default);
        await Get<DeliverySweeper>().SweepAsync(othersAreDead: true, default);
        await Get<JobSweeper>().SweepAsync(othersAreDead: true, default);
        await Get<CrmUploadHandler>().SweepAsync(othersAreDead: true, default);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
