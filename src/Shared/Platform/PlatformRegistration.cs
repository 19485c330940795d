using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Platform;

public static class PlatformRegistration
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection("Platform")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStorage, AzureStorage>();
        services.AddSingleton<IdSource>();
        services.AddSingleton<ProcessIdentity>();
        services.AddSingleton<DataFolder>();
        services.AddSingleton<IdempotencyStore>();
        services.AddHostedService<ExitWithParent>();
        return services;
    }
}
