using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation;

public static class ValidationRegistration
{
    /// <summary>Adds <see cref="IEmailValidator"/> and what it stands on. Settings: <see cref="ValidationOptions"/>.</summary>
    public static IServiceCollection AddValidation(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ValidationOptions>()
            .Bind(configuration.GetSection(ValidationOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AddressLists>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ValidationOptions>>().Value;
            return new DnsHealth(options.DnsFailuresToPause, TimeSpan.FromSeconds(options.DnsPauseSeconds), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<RuleStore>();
        services.AddSingleton<ValidationCacheStore>();
        services.AddSingleton<ValidationCache>();
        services.AddSingleton<IFreeMailDomains, FreeMailDomains>();
        services.AddSingleton<MailDomains>();
        services.AddSingleton<IEmailValidator, EmailValidator>();
        return services;
    }
}
