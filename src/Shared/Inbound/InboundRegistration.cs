using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Platform.Signing;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Inbound;

public static class InboundRegistration
{
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ReplayCache(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SignatureVerifier>();
        services.AddSingleton<InboundKeyStore>();
        services.AddSingleton<ITenantRows>(provider => provider.GetRequiredService<InboundKeyStore>());
        services.AddSingleton<InboundAuthenticator>();
        return services;
    }
}
