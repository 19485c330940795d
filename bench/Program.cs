using System.Text.Json;
using ProspectOps.Bench;
using ProspectOps.Bench.Http;
using ProspectOps.Bench.Orchestrations;
using ProspectOps.Bench.Pipelines;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Runtime;
using ProspectOps.Bench.Startup;
using ProspectOps.Bench.Validation;
using ProspectOps.Bench.Webhooks;

if (args is ["bare-api", var port])
{
    await BareApi.RunAsync(port);
    return 0;
}
if (args is ["runtime-app", var runtimePort])
{
    await RuntimeApp.RunAsync(runtimePort);
    return 0;
}

if (args is [AuthApp.Command, var authPort, var keyFile, .. var authSettings])
{
    await AuthApp.RunAsync(authPort, keyFile, authSettings);
    return 0;
}

if (args is [BareRowApi.Command, var rowPort, .. var rowSettings])
{
    await BareRowApi.RunAsync(rowPort, rowSettings);
    return 0;
}

if (args is [OrchestrationApp.Command, .. var appArguments])
{
    await OrchestrationApp.RunAsync(appArguments);
    return 0;
}

IBench[] benches = [new PipelineBench(1_000), new PipelineBench(10_000), new StartupBench(), new HttpBench(), new RuntimeBench(), new IdleBench(), new SyntaxBench(), new DnsBench(), new SmtpBench(), new CachedCheckBench(), new JobBench(10_000), new JobBench(100_000), new OrchestrationBench(), new AuthBench(), new WebhooksBench()];
BenchOptions options;
try
{
    options = BenchOptions.Parse(args, [.. benches.Select(bench => bench.Name)]);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
if (options.List)
{
    foreach (var bench in benches)
        Console.WriteLine($"{bench.Name,-24}{bench.Summary}");
    return 0;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
var reports = new List<Report>();
try
{
    foreach (var bench in benches.Where(bench => options.Names.Contains(bench.Name)))
    {
        await Console.Error.WriteLineAsync($"Running {bench.Name} …");
        var report = new Report(bench.Name, Machine.Describe());
        await bench.RunAsync(options, report, stopping.Token);
        report.Print(Console.Out);
        reports.Add(report);
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 130;
}
if (options.JsonFile is { } file)
    await File.WriteAllTextAsync(file, JsonSerializer.Serialize(reports, Report.Json) + "\n");
return 0;
