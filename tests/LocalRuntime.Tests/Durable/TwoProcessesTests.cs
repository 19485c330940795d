using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Two real processes on one hub, one of which is killed.</summary>
public sealed class TwoProcessesTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Count = 24;
    private const string Expected = "25";

    [Fact]
    public async Task A_killed_process_leaves_nothing_unfinished_and_nothing_recorded_twice()
    {
        await using var first = await HubProcess.StartAsync(azurite.ConnectionString);
        await using var second = await HubProcess.StartAsync(azurite.ConnectionString);
        await first.UntilLogAsync("runs partitions [0,1] ", "runs partitions [2,3] ", "runs partitions [1,2] ", "runs partitions [0,2] ", "runs partitions [0,3] ", "runs partitions [1,3] ");

        var ids = Enumerable.Range(0, Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"w{number}")).ToArray();
        await Task.WhenAll(ids.Select((id, number) => (number % 2 == 0 ? first : second).PostAsync($"api/work/{id}")));
        // Asked of the one that does not run half of them.
        await second.UntilAsync(ids[0], state => state["runtimeStatus"]!.GetValue<string>() == "Running");
        await first.KillAsync();

        foreach (var id in ids)
            await second.PostAsync($"api/work/{id}/end");
        foreach (var id in ids)
            await second.UntilAsync(id, state => state["runtimeStatus"]!.GetValue<string>() == "Completed" && state["output"]!.ToJsonString() == Expected);

        // Not by the end of its lease.
        await second.UntilLogAsync("its lock is free");
        var store = TablesDurableTests.NewStore(azurite.ConnectionString, options: null, hub: "Shared");
        foreach (var id in ids.SelectMany(id => new[] { id, $"{id}:part" }))
        {
            var completions = (await store.LoadAsync(id, CancellationToken.None))!.History.OfType<CompletionEvent>().Select(completion => completion.Id).ToArray();
            Assert.Equal(id.EndsWith(":part", StringComparison.Ordinal) ? 10 : 7, completions.Length);
            Assert.Equal(completions.Distinct(), completions);
        }
    }
}
