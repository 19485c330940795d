using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.LocalRuntime.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Invocation;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a worker application; here the app is its own host.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private bool _hasBuilt;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        var problems = new StartupProblems();
        _web = LocalDefaults.CreateWebBuilder(args, problems);
        LocalDefaults.AddRuntime(_web, problems);
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public ConfigurationManager Configuration => _web.Configuration;

    public IHostEnvironment Environment => _web.Environment;

    public ILoggingBuilder Logging => _web.Logging;

    public IMetricsBuilder Metrics => _web.Metrics;

    public IServiceCollection Services => _web.Services;

    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public IHost Build()
    {
        RefuseOnceBuilt();
        _hasBuilt = true;
        Services.AddSingleton(FunctionPipeline.Compose(_middleware));
        var app = _web.Build();
        HttpPipeline.Map(app);
        return app;
    }

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <exception cref="InvalidOperationException">The application is built already.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        RefuseOnceBuilt();
        _middleware.Add(middleware);
        return this;
    }

    private void RefuseOnceBuilt()
    {
        if (_hasBuilt)
            throw new InvalidOperationException("The application is built already.");
    }
}
