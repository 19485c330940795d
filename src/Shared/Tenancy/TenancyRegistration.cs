using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Tenancy;

public static class TenancyRegistration
{
    public static IServiceCollection AddTenancy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<TenancyOptions>().Bind(configuration.GetSection("Tenancy")).ValidateOnStart();
        services.AddSingleton<TenantStore>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyHasher>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<RateLimiter>();
        services.AddHostedService<BootstrapKey>();
        return services;
    }
}
