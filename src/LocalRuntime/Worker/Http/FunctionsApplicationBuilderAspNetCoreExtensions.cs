using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Turns on HTTP with ASP.NET Core types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets functions take an <c>HttpRequest</c> and return an <c>IResult</c> or <c>IActionResult</c>. A second call does nothing.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(HttpIntegration)))
            return builder;
        builder.Services.AddSingleton<HttpIntegration>();
        builder.Services.AddMvcCore();
        builder.Services.Configure<WorkerOptions>(options =>
        {
            options.InputConverters.RegisterAt<HttpContextConverter>(0);
            options.InputConverters.RegisterAt<HttpRequestDataConverter>(1);
        });
        builder.Use(next => new HttpResultMiddleware(next).InvokeAsync);
        return builder;
    }
}
