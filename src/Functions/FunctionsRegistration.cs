using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Functions.Operations;
using ProspectOps.Functions.Platform;
using ProspectOps.Functions.Tenancy;
using ProspectOps.Functions.Webhooks;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects.Uploads;

namespace ProspectOps.Functions;

internal static class FunctionsRegistration
{
    public static IServiceCollection AddFunctions(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration("Api").Validate(options => options.AreValid, "Api:AllowedOrigins must be origins such as https://app.example.com, without a path, or *.").ValidateOnStart();
        services.AddOptions<OperationsOptions>().BindConfiguration("Operations").Validate(options => options.AreValid, "Operations:PurgeAfterDays must be 1 to 3,650.").ValidateOnStart();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<FunctionAccess>();
        services.AddSingleton<Creations>();
        services.AddSingleton<HttpTraffic>();
        services.AddSingleton<RequestTrail>();
        services.AddSingleton<Paging>();
        services.AddSingleton<SinkMemory>();
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<TenantMetrics>();
        services.AddSingleton<MetricsSnapshot>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsSnapshot>());
        services.AddHostedService<StartSweep>();
        // The same JSON wherever it is written: queue messages and orchestrations, answers, and what frameworks answer.
        services.Configure<JsonSerializerOptions>(JsonDefaults.Apply);
        services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(options => JsonDefaults.Apply(options.JsonSerializerOptions));
        services.ConfigureHttpJsonOptions(options => JsonDefaults.Apply(options.SerializerOptions));
        // Whose word on the caller's address is taken is ours to say: ClientAddress, by Tenancy:ForwardedHops. The worker would take any from its own machine.
        services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedFor);
        // A little above the largest upload, so that we refuse what is too large, and in our words.
        services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MaxRequestBodySize = UploadErrors.MostBytes + 1024 * 1024;
            options.AddServerHeader = false;
        });
        return services;
    }
}
