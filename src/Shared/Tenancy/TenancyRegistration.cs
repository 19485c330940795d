using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProspectOps.Tenancy.Quotas;

namespace ProspectOps.Tenancy;

public static class TenancyRegistration
{
    public static IServiceCollection AddTenancy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<TenancyOptions>().Bind(configuration.GetSection("Tenancy")).ValidateOnStart();
        services.AddSingleton<TenantStore>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<KeyHasher>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<QuotaService>();
        services.AddHostedService<IdleQuotas>();
        services.TryAddSingleton<ITenantEvents, TenantEventLog>();
        services.AddHostedService<BootstrapKey>();
        return services;
    }
}
