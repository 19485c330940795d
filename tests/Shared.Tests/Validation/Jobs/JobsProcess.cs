using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>The services of one process, put together as the app does, on storage and time of a test's.</summary>
internal sealed class JobsProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public JobsProcess(IStorage storage, TimeProvider clock, IEmailValidator validator)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Secrets:Keys", SomeSecrets.First)]).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(storage);
        services.AddSingleton(clock);
        services.AddPlatform(configuration).AddTenancy(configuration).AddValidation(configuration).AddValidationJobs().AddProspects().AddOperations().AddWebhooks(configuration);
        services.AddSingleton<CampaignProspectStore>();
        services.AddSingleton<WorkflowStore>();
        services.AddSingleton(validator);
        _services = services.BuildServiceProvider();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
