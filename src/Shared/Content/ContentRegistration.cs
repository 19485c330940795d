using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProspectOps.Content;

/// <summary>Registers the capability.</summary>
public static class ContentRegistration
{
    /// <summary>Adds <see cref="TemplateWriter"/>, also as the <see cref="IContentWriter"/> unless another is registered before.</summary>
    public static IServiceCollection AddContent(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContentOptions>()
            .Bind(configuration.GetSection(ContentOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<TemplateWriter>();
        services.TryAddSingleton<IContentWriter>(provider => provider.GetRequiredService<TemplateWriter>());
        return services;
    }
}
