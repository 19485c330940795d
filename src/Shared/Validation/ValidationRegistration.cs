using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Calibration;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Validation;

public static class ValidationRegistration
{
    /// <summary>Adds <see cref="IEmailValidator"/> and what it stands on; quotas are Tenancy's unless somebody else's are there. Settings: <see cref="ValidationOptions"/>.</summary>
    public static IServiceCollection AddValidation(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ValidationOptions>()
            .Bind(configuration.GetSection(ValidationOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<SmtpOptions>()
            .Bind(configuration.GetSection(SmtpOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new AddressLists(provider.GetRequiredService<IOptions<ValidationOptions>>().Value.OwnListsFolder));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ValidationOptions>>().Value;
            return new DnsHealth(options.DnsFailuresToPause, TimeSpan.FromSeconds(options.DnsPauseSeconds), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<RuleStore>();
        services.TryAddSingleton<DueStore>();
        services.AddSingleton<ValidationCacheStore>();
        services.AddSingleton<CachePurge>();
        services.AddSingleton<ValidationCache>();
        services.AddSingleton<CheckStatistics>();
        services.AddSingleton<RecentResults>();
        services.AddSingleton<RuleSimulator>();
        services.AddSingleton<OutcomeStore>();
        services.AddSingleton<OutcomeService>();
        services.AddSingleton<IFreeMailDomains, FreeMailDomains>();
        services.AddSingleton<Resolver>();
        services.AddSingleton<MailDomains>();
        services.AddSingleton<MailConnector>();
        services.AddSingleton(provider => new SmtpReach(
            provider.GetRequiredService<MailConnector>(), provider.GetRequiredService<IOptions<SmtpOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SmtpReach>>()));
        services.AddSingleton<DomainFactsStore>();
        services.AddSingleton<MailTransactions>();
        services.AddSingleton<CatchAllDomains>();
        services.AddSingleton<IMailboxProber, MailboxProber>();
        services.AddHostedService<SmtpReachCheck>();
        services.TryAddSingleton<IValidationQuota, TenantQuota>();
        services.AddSingleton<IEmailValidator, EmailValidator>();
        return services;
    }
}
