using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

public sealed class ExtensibilityTests
{
    [Fact]
    public async Task An_extension_binds_parameters_and_maps_routes_that_the_app_never_mentions()
    {
        await using var host = await StartAsync();

        var result = await InvokeAsync(host, "Echo", new TriggerInput { Value = """{ "number": 3 }""" });

        Assert.Equal("3 by Echo", result);
        Assert.Equal("echo", await host.Client.GetStringAsync("/runtime/echo"));
        Assert.Equal("Hub", host.Services.GetRequiredService<EchoListener>().Section);
    }

    [Fact]
    public async Task A_listener_can_fill_any_parameter_itself()
    {
        await using var host = await StartAsync();

        var result = await InvokeAsync(host, "Extra", new TriggerInput
        {
            Value = "trigger",
            ResolveParameter = parameter => parameter.Name == "extra" ? (true, 42) : (false, null),
            Prepare = context => context.Items["greeting"] = "hello",
        });

        Assert.Equal("hello trigger 42", result);
    }

    [Fact]
    public async Task An_invocation_of_what_is_complete_is_complete()
    {
        await using var host = await StartAsync();

        Assert.True(InvokeAsync(host, "Echo", new TriggerInput { Value = "null" }).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_invocation_resumes_on_its_callers_context()
    {
        await using var host = await StartAsync();
        using var thread = new OneThread();

        var result = await thread.RunAsync(() => InvokeAsync(host, "Yielding", new TriggerInput { Value = "x" }));

        Assert.Equal(thread.Id, result);
    }

    [Fact]
    public async Task A_run_that_is_abandoned_still_disposes_its_scope()
    {
        await using var host = await StartAsync();

        var run = host.Services.GetRequiredService<IFunctionInvoker>().Start(FunctionOf(host, "Endless"), new TriggerInput { Value = "x" }, CancellationToken.None);
        var scoped = run.Context.InstanceServices.GetRequiredService<EchoFunctions.Scoped>();
        Assert.False(run.Result.IsCompleted);
        await run.DisposeAsync();

        Assert.True(scoped.IsDisposed);
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_and_is_logged_only_if_asked_for()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<FunctionInputConverterException>(() => InvokeAsync(host, "Echo", new TriggerInput { Value = "{", LogsFailure = false }));
        Assert.Empty(host.Log.Errors);
        await Assert.ThrowsAsync<FunctionInputConverterException>(() => InvokeAsync(host, "Echo", new TriggerInput { Value = "{" }));
        Assert.Single(host.Log.Errors);
    }

    private static Task<WorkerHost> StartAsync() => WorkerHost.StartAsync(
        [typeof(EchoFunctions)],
        builder =>
        {
            builder.Services.AddScoped<EchoFunctions.Scoped>();
            builder.UseMiddleware(async (context, next) =>
            {
                if (context.FunctionDefinition.Name == "Yielding")
                    await Task.Yield();
                await next();
            });
        },
        hostJson: """{ "version": "2.0", "extensions": { "durableTask": { "hubName": "Hub" } } }""");

    private static FunctionDescriptor FunctionOf(WorkerHost host, string name) => host.Services.GetRequiredService<EchoListener>().Functions[name];

    private static Task<object?> InvokeAsync(WorkerHost host, string name, TriggerInput input) =>
        host.Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(FunctionOf(host, name), input, CancellationToken.None);
}
