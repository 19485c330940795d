using System.Net;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProspectOps.LocalRuntime.Tests.Worker.Invocation;

public sealed class InvocationTests
{
    private readonly InvocationFunctions.Trail _trail = new();

    [Fact]
    public async Task S02_Each_invocation_has_its_own_scope_disposed_at_its_end()
    {
        await using var host = await StartAsync();

        Assert.Equal("shared", await host.Client.GetStringAsync("/api/UsesScope"));
        Assert.Equal("shared", await host.Client.GetStringAsync("/api/UsesScope"));

        Assert.Equal(2, _trail.Scopes.Distinct().Count());
        await Eventually.TrueAsync(() => _trail.Scopes.All(scope => scope.IsDisposed));
    }

    [Fact]
    public async Task S03_Middleware_runs_in_the_order_of_registration_around_the_function()
    {
        await using var host = await StartAsync();

        await host.Client.GetStringAsync("/api/UsesScope");

        await Eventually.TrueAsync(() => _trail.Steps.SequenceEqual(["A in blind", "B in seeing", "function", "B out", "A out"]));
    }

    [Fact]
    public async Task S03_Middleware_can_answer_in_the_place_of_the_function()
    {
        await using var host = await StartAsync();

        var response = await host.Client.GetAsync("/api/UsesScope?stop");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("stopped", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain("function", _trail.Steps);
    }

    [Fact]
    public async Task Middleware_by_predicate_passes_by_the_others()
    {
        await using var host = await WorkerHost.StartAsync([typeof(Http.HttpFunctions.Hello)], builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseWhen(context => context.FunctionDefinition.Name == "Hello", (context, next) =>
            {
                _trail.Steps.Enqueue(context.FunctionDefinition.InputBindings["request"].Type);
                return next();
            });
        });

        await host.Client.GetAsync("/api/Hello");
        await host.Client.GetAsync("/api/Action");

        Assert.Equal("httpTrigger", Assert.Single(_trail.Steps));
    }

    [Fact]
    public async Task A_run_beyond_functionTimeout_is_cancelled_and_fails()
    {
        var seen = new Http.HttpFunctions.Seen();
        await using var host = await WorkerHost.StartAsync(
            [typeof(Http.HttpFunctions.Waits)],
            builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton(seen);
            },
            """{ "version": "2.0", "functionTimeout": "00:00:01" }""");

        var unhandled = await host.Client.GetAsync("/api/Waits");
        var handled = await host.Client.GetAsync("/api/WaitsAndHandles");

        Assert.Equal(HttpStatusCode.InternalServerError, unhandled.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, handled.StatusCode);
        Assert.IsType<TimeoutException>(Assert.Single(host.Log.Errors).Exception);
    }

    private Task<WorkerHost> StartAsync() => WorkerHost.StartAsync([typeof(InvocationFunctions.UsesScope)], builder =>
    {
        builder.Services.AddSingleton(_trail);
        builder.Services.AddScoped<InvocationFunctions.Scoped>();
        builder.UseMiddleware<InvocationFunctions.OuterMiddleware>();
        builder.ConfigureFunctionsWebApplication();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<InvocationFunctions.InnerMiddleware>();
    });
}
