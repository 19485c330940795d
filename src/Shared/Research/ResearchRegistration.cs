using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProspectOps.Research;

/// <summary>Research by rules; whoever adds a model wraps or replaces <see cref="IResearcher"/>.</summary>
public static class ResearchRegistration
{
    public static IServiceCollection AddResearch(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ResearchOptions>().Bind(configuration.GetSection("Research"));
        services.TryAddSingleton<PackLibrary>();
        services.TryAddSingleton<RulesResearcher>();
        services.TryAddSingleton<IResearcher>(provider => provider.GetRequiredService<RulesResearcher>());
        services.AddSingleton<AgentStore>();
        services.AddSingleton<AgentService>();
        services.AddHostedService<PacksAreReadAtStart>();
        return services;
    }
}
