using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Clay;

public static class ClayRegistration
{
    public static IServiceCollection AddClay(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ClayOptions>().Bind(configuration.GetSection("Clay")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ClayRowStore>();
        services.AddSingleton<ClayInboundStore>();
        services.AddSingleton<ClayConnectionStore>();
        services.AddSingleton<ClayInboundService>();
        services.AddSingleton<ClayIntake>();
        services.AddSingleton<ClayConnections>();
        services.AddSingleton<ClaySetup>();
        services.AddSingleton<ClayQueueStore>();
        services.AddSingleton<ClayClient>();
        services.AddSingleton<ClayWarnings>();
        services.AddSingleton<ClayPushes>();
        services.AddSingleton<PushPreparation>();
        services.AddSingleton<PushSending>();
        services.AddSingleton<ClayPushStep>();
        return services;
    }
}
