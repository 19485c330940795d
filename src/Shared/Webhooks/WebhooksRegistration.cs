using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

public static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection("Webhooks")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EndpointStore>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<DeliveryScheduler>();
        services.AddSingleton<DeliveryPlanner>();
        services.AddSingleton<EventPublisher>();
        services.AddSingleton<ITenantEvents, TenantEvents>();
        services.AddSingleton<PrivateNetworkGuard>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<DeliverBatchHandler>();
        services.AddSingleton<DeliverySweeper>();
        return services;
    }
}
