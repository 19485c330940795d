using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Secrets;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Platform;

public static class PlatformRegistration
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection("Platform")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AzureStorage>();
        services.TryAddSingleton<IStorage>(provider => provider.GetRequiredService<AzureStorage>());
        services.TryAddSingleton(provider => provider.GetRequiredService<AzureStorage>().Erasure);
        services.AddSingleton<IdSource>();
        services.AddSingleton<ProcessIdentity>();
        services.AddSingleton<DataFolder>();
        services.AddOptions<SecretsOptions>().Bind(configuration.GetSection("Secrets"))
            .Validate(options => SecretCipher.AreKeys(options.Keys), "Secrets:Keys must be a list of name:base64 of 32 bytes.").ValidateOnStart();
        services.AddSingleton<SecretCipher>();
        services.AddSingleton<IdempotencyStore>();
        services.AddHostedService<ExitWithParent>();
        return services;
    }
}
