using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProspectOps.Prospects.Scoring;

/// <summary>Analysis by rules. Bind <see cref="IFreeMailDomains"/> before or after to use a fuller list.</summary>
public static class ScoringRegistration
{
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.TryAddSingleton<IFreeMailDomains, CommonFreeMailDomains>();
        services.TryAddSingleton<RulesAnalyst>();
        services.TryAddSingleton<IProspectAnalyst>(provider => provider.GetRequiredService<RulesAnalyst>());
        return services;
    }
}
