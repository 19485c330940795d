using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ProspectOps.Bench.Reporting;
using ProspectOps.Bench.Running;

namespace ProspectOps.Bench.Pipelines;

/// <summary>One complete pipeline, from the upload of its file to the last webhook.</summary>
internal sealed class PipelineBench(int people) : IBench
{
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"pipeline-{people}");

    public string Summary { get; } = string.Create(CultureInfo.InvariantCulture, $"{people:#,0} people from upload to delivery: time by stage, storage calls, memory, CPU");

    public async Task RunAsync(BenchOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var sink = options.Deliver ? await DeliverySink.StartAsync(cancellationToken) : null;
        await using var rig = await Rig.StartAsync(sink?.Url, cancellationToken);
        var before = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort);
        var (appBefore, azuriteBefore, selfBefore) = (CpuClock.SecondsOf(rig.App.ProcessId), CpuClock.SecondsOf(rig.Azurite.ProcessId), CpuClock.SecondsOf(Environment.ProcessId));

        var began = DateTimeOffset.UtcNow;
        using var file = new ByteArrayContent(People.Csv(people)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var upload = await rig.PostAsync("uploads", file, cancellationToken);
        using var request = JsonContent.Create(new
        {
            name = "bench",
            industry = "casino",
            uploadId = upload.GetProperty("uploadId").GetString(),
            options = new { generateFor = (string[])["A", "B"], deliverTo = sink is null ? null : new { url = sink.Url.AbsoluteUri } },
        });
        var workflow = await rig.RunPipelineAsync(request, cancellationToken);
        var wall = (workflow.GetProperty("finishedAt").GetDateTimeOffset() - began).TotalSeconds;

        var calls = StorageCalls.Of(await rig.MetricsAsync(cancellationToken), rig.StoragePort).Since(before);
        var (app, azurite, self) = (CpuClock.SecondsOf(rig.App.ProcessId) - appBefore, CpuClock.SecondsOf(rig.Azurite.ProcessId) - azuriteBefore, CpuClock.SecondsOf(Environment.ProcessId) - selfBefore);
        await rig.StopAppAsync();
        var plain = await PlainStorage.MeasureAsync(rig.Azurite.ConnectionString, calls.TableReads, calls.TableWrites, cancellationToken);

        AddTimes(report, workflow, began, wall);
        AddWork(report, workflow, sink);
        AddCalls(report, calls);
        report.Add("cost", "CPU of the app", app, "s");
        report.Add("cost", "CPU of Azurite", azurite, "s");
        report.Add("cost", "CPU of this benchmark, its receiver included", self, "s");
        report.Add("cost", "peak memory of the app", calls.PeakBytes / 1_048_576, "MiB");
        report.Add("plain storage, same Azurite and client", "point reads", plain.ReadsPerSecond, "/s");
        report.Add("plain storage, same Azurite and client", "transactions of 20 rows", plain.TransactionsPerSecond, "/s");
        var floor = plain.SecondsFor(calls.TableReads, calls.TableWrites);
        report.Add("plain storage, same Azurite and client", "the pipeline's table calls as such", floor, "s");
        report.Add("plain storage, same Azurite and client", "pipeline against that", wall / floor, "times");
    }

    private void AddTimes(Report report, JsonElement workflow, DateTimeOffset began, double wall)
    {
        report.Add("time", "total", wall, "s");
        report.Add("time", "people per second", people / wall, "/s");
        report.Add("time", "upload and start", (workflow.GetProperty("createdAt").GetDateTimeOffset() - began).TotalSeconds, "s");
        foreach (var stage in workflow.GetProperty("stages").EnumerateArray())
        {
            // Null where the stage was passed over.
            if (stage.GetProperty("startedAt") is { ValueKind: JsonValueKind.String } startedAt && stage.GetProperty("finishedAt") is { ValueKind: JsonValueKind.String } finishedAt)
                report.Add("time", stage.GetProperty("name").GetString()!, (finishedAt.GetDateTimeOffset() - startedAt.GetDateTimeOffset()).TotalSeconds, "s");
        }
    }

    private static void AddWork(Report report, JsonElement workflow, DeliverySink? sink)
    {
        foreach (var tier in workflow.GetProperty("byTier").EnumerateObject())
            report.Add("work", $"people of tier {tier.Name}", tier.Value.GetInt64(), "");
        if (sink is null)
            return;
        report.Add("work", "webhooks received", sink.Received, "");
        report.Add("work", "of on average", sink.Received == 0 ? 0 : (double)sink.Bytes / sink.Received, "bytes");
    }

    private void AddCalls(Report report, StorageCalls calls)
    {
        foreach (var (kind, method, count, seconds) in calls.All)
            report.Add("calls", string.Create(CultureInfo.InvariantCulture, $"{kind} {method}, {seconds / count * 1_000:0.0} ms each"), count, "");
        report.Add("calls", "storage calls", calls.Total, "");
        report.Add("calls", "storage calls per person", (double)calls.Total / people, "");
    }
}
