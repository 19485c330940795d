using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Crm;

public static class CrmRegistration
{
    public static IServiceCollection AddCrm(this IServiceCollection services)
    {
        services.AddSingleton<CrmConfigStore>();
        services.AddSingleton<CrmConfigs>();
        services.AddSingleton<CrmUploadStore>();
        services.AddSingleton<ICrmValidation, JobCrmValidation>();
        services.AddSingleton<CrmUploads>();
        services.AddSingleton<CrmCallback>();
        services.AddSingleton<CrmUploadHandler>();
        return services;
    }
}
