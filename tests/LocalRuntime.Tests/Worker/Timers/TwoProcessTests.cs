using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

/// <summary>Two processes of one app on one storage account.</summary>
[Collection(WorkerStorage.Name)]
public sealed class TwoProcessTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan TwoLeases = TimeSpan.FromSeconds(30);

    private readonly string _id = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task S30_Of_two_processes_one_runs_the_timers_and_the_other_takes_over_when_it_is_killed()
    {
        var ticks = await QueueAsync("ticks");
        using var one = Start();
        using var other = Start();
        var seen = new List<(int Process, TimeSpan At)>();
        await CollectAsync(ticks, seen, () => seen.Count >= 4);
        var holder = seen[0].Process == one.Id ? one : other;
        var heir = holder == one ? other : one;
        Assert.All(seen, tick => Assert.Equal(holder.Id, tick.Process));

        await holder.KillAsync();
        var killedAt = Stopwatch.GetTimestamp();
        await CollectAsync(ticks, seen, () => seen.Count(tick => tick.Process == heir.Id) >= 3);

        Assert.True(Stopwatch.GetElapsedTime(killedAt) < TwoLeases + TimeSpan.FromSeconds(4), "It took longer than two lease periods.");
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At > TimeSpan.FromMilliseconds(500), "A timer fired twice for one occurrence."));
    }

    [Fact]
    public async Task Two_processes_share_a_queue_and_each_message_is_done_once()
    {
        var (work, done) = (await QueueAsync("work"), await QueueAsync("done"));
        using var one = Start();
        using var other = Start();
        var results = new List<string>();
        var sent = 0;

        // Until both have shown that they are up.
        await Eventually.TrueAsync(async () =>
        {
            for (var i = 0; i < 8; i++)
                await work.SendMessageAsync($"item {sent++}");
            await ReceiveAsync(done, results.Add);
            return results.Select(result => result.Split(' ')[0]).Distinct().Count() == 2;
        });
        await Eventually.TrueAsync(async () =>
        {
            await ReceiveAsync(done, results.Add);
            return results.Count >= sent;
        });

        Assert.Equal(sent, results.Select(result => result[(result.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Distinct().Count());
        Assert.Equal(sent, results.Count);
    }

    private static async Task CollectAsync(QueueClient ticks, List<(int, TimeSpan)> seen, Func<bool> isEnough)
    {
        var watch = Stopwatch.StartNew();
        while (!isEnough())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The timer does not run.");
            await ReceiveAsync(ticks, text =>
            {
                var parts = text.Split(' ');
                seen.Add((int.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Parse(parts[1], CultureInfo.InvariantCulture)));
            });
            await Task.Delay(50);
        }
    }

    private static async Task ReceiveAsync(QueueClient queue, Action<string> take)
    {
        foreach (var message in (await queue.ReceiveMessagesAsync(32)).Value)
        {
            take(message.MessageText);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    private TwinProcess Start() => new(
        $"AzureWebJobsStorage={azurite.ConnectionString}", $"Ticks=ticks{_id}", $"Work=work{_id}", $"Done=done{_id}", $"AzureFunctionsWebHost:hostid=h{_id}");

    private async Task<QueueClient> QueueAsync(string name)
    {
        var queue = new QueueClient(azurite.ConnectionString, name + _id, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateAsync();
        return queue;
    }
}
