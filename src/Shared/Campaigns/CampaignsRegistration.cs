using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Campaigns;

public static class CampaignsRegistration
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddSingleton<CampaignStore>();
        services.AddSingleton<CampaignProspectStore>();
        services.AddSingleton<CampaignReader>();
        return services;
    }
}
