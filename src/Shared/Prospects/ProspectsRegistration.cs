using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Prospects.Uploads;

namespace ProspectOps.Prospects;

public static class ProspectsRegistration
{
    public static IServiceCollection AddProspects(this IServiceCollection services)
    {
        services.AddSingleton<UploadService>();
        services.AddScoring();
        return services;
    }
}
