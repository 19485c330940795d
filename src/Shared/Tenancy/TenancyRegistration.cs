using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProspectOps.Tenancy.Audit;
using ProspectOps.Tenancy.Deletion;
using ProspectOps.Tenancy.Limits;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Tenancy.Requests;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Tenancy;

public static class TenancyRegistration
{
    public static IServiceCollection AddTenancy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<TenancyOptions>().Bind(configuration.GetSection("Tenancy"))
            .Validate(options => TenancyOptions.IsKey(options.HashKey), "Tenancy:HashKey must be base64 of at least 32 bytes.")
            .Validate(options => string.IsNullOrEmpty(options.BootstrapKey) || ApiKey.TryParse(options.BootstrapKey, out _), "Tenancy:BootstrapKey must be an API key: make one with ./prospectops keys new.")
            .Validate(options => options.ForwardedHops is >= 0 and <= 10, "Tenancy:ForwardedHops must be 0 to 10.")
            .ValidateOnStart();
        services.AddSingleton<TenantStore>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<TenantService>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<KeyService>();
        services.AddSingleton<KeyHasher>();
        services.AddSingleton<KeyReminder>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Gate>();
        services.AddSingleton<LimitLeaseStore>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<QuotaService>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditSigningKey>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<RequestStore>();
        services.AddSingleton<RequestPurge>();
        services.AddSingleton<UsageStore>();
        services.AddSingleton<DeletionStore>();
        services.AddSingleton<DeletionService>();
        services.TryAddSingleton<ITenantEvents, TenantEventLog>();
        services.AddHostedService<BootstrapKey>();
        services.AddHostedService<IdleQuotas>();
        AddInBackground<KeyUse>(services);
        AddInBackground<RequestLog>(services);
        AddInBackground<UsageMeter>(services);
        services.AddHostedService<BackgroundWriter>();
        services.AddSingleton<SignInFailures>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInFailures>());
        return services;
    }

    private static void AddInBackground<T>(IServiceCollection services) where T : class, IBackgroundWrites
    {
        services.AddSingleton<T>();
        services.AddSingleton<IBackgroundWrites>(provider => provider.GetRequiredService<T>());
    }
}
