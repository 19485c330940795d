using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Tests.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Invocation;

public sealed class ConverterTests
{
    [Theory]
    [InlineData("ByParameter", "x", "parameter x")]
    [InlineData("ByParameter", "", "type ")]
    [InlineData("ByType", "x", "type x")]
    [InlineData("ByGlobal", "x", "global x")]
    public async Task The_converter_that_is_named_nearest_wins_and_one_that_declines_passes_on(string function, string source, string expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, await InvokeAsync(host, function, new TriggerInput { Value = source }));
    }

    [Fact]
    public async Task A_converter_that_fails_fails_the_invocation_before_the_function_runs()
    {
        await using var host = await StartAsync();

        var failure = await Assert.ThrowsAsync<FunctionInputConverterException>(() => InvokeAsync(host, "Fails", new TriggerInput { Value = "x" }));

        Assert.Equal("not so", failure.InnerException?.Message);
    }

    [Fact]
    public async Task Data_binds_by_name_to_whatever_type_it_can_become()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ID"] = $"{id}", ["at"] = "2026-01-02T03:04:05+00:00", ["number"] = 7L, ["bytes"] = "abc", ["data"] = "def", ["many"] = new List<string> { "a", "b" },
        };

        var result = await InvokeAsync(host, "Values", new TriggerInput { Value = "t", BindingData = data });

        Assert.Equal($"t {id} 2026-01-02T03:04:05.0000000+00:00 7 True 3 def 2 4", result);
    }

    [Fact]
    public async Task What_nothing_fills_and_nothing_defaults_is_an_error()
    {
        await using var host = await StartAsync();

        var failure = await Assert.ThrowsAsync<FunctionInputConverterException>(() => InvokeAsync(host, "Values", new TriggerInput { Value = "t" }));

        Assert.Contains("nothing fills parameter 'id'", failure.Message, StringComparison.Ordinal);
    }

    private static Task<WorkerHost> StartAsync() => WorkerHost.StartAsync(
        [typeof(ConverterFunctions)],
        builder => builder.Services.Configure<WorkerOptions>(options => options.InputConverters.RegisterAt<ConverterFunctions.GlobalConverter>(0)));

    private static Task<object?> InvokeAsync(WorkerHost host, string name, TriggerInput input) => host.Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(
        host.Services.GetRequiredService<EchoListener>().Functions[name], input, CancellationToken.None);
}
