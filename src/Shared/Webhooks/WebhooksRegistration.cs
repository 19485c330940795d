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
        // In the place of the one that only writes them to the log.
        services.AddSingleton<ITenantEvents, TenantEvents>();
        services.AddSingleton<PrivateNetworkGuard>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<EndpointTurns>();
        services.AddSingleton<EndpointHealth>();
        services.AddSingleton<EndpointService>();
        services.AddSingleton<EndpointWorkHandler>();
        services.AddSingleton<ReplayStore>();
        services.AddSingleton<ReplayService>();
        services.AddSingleton<RetentionReminder>();
        services.AddSingleton<WebhookRetention>();
        services.AddSingleton<DeadLetterRecorder>();
        services.AddSingleton<DeadLetterRetries>();
        services.AddSingleton<DeadLetterReader>();
        services.AddSingleton<DeliveryReopening>();
        services.AddSingleton<DeliveryReader>();
        services.AddSingleton<DeliverySettlement>();
        services.AddSingleton<DeliverBatchHandler>();
        services.AddSingleton<DeliverySchedulePreview>();
        services.AddSingleton<DeliverySweeper>();
        return services;
    }
}
