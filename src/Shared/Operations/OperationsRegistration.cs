using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Operations;

public static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<DueStore>();
        return services;
    }
}
