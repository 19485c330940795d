using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

/// <summary>Two processes of one app on one storage account.</summary>
[Collection(WorkerStorage.Name)]
public sealed class TwoProcessTests(AzuriteFixture azurite)
{
    // A timer may be early by as much.
    private static readonly TimeSpan Hair = TimeSpan.FromMilliseconds(50);

    private readonly string _id = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task S30_Of_two_processes_one_runs_the_timers_and_the_other_takes_over_when_it_is_killed()
    {
        var ticks = await QueueAsync("ticks");
        using var one = Start();
        using var other = Start();
        var seen = new List<(int Process, DateTime At)>();
        await CollectAsync(ticks, seen, () => seen.Count >= 4, one, other);
        var holder = seen[0].Process == one.Id ? one : other;
        var heir = holder == one ? other : one;
        Assert.All(seen, tick => Assert.Equal(holder.Id, tick.Process));

        var killedAt = DateTime.UtcNow;
        await holder.KillAsync();
        await CollectAsync(ticks, seen, () => seen.Count(tick => tick.Process == heir.Id) >= 3, heir);

        Assert.All(seen.Where(tick => tick.Process == heir.Id), tick => Assert.True(tick.At > killedAt, "Both ran the timer."));
        foreach (var process in seen.GroupBy(tick => tick.Process))
        {
            var (first, last) = (process.Min(tick => tick.At), process.Max(tick => tick.At) + Hair);
            Assert.True(process.Count() <= (last.Ticks / TimeSpan.TicksPerSecond) - (first.Ticks / TimeSpan.TicksPerSecond) + 1, $"A timer fired twice for one second: {string.Join(' ', process.Select(tick => $"{tick.At:ss.fff}"))}");
        }
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
        await Eventually.TrueAsync(
            async () =>
            {
                for (var i = 0; i < 8; i++)
                    await work.SendMessageAsync($"item {sent++}");
                await ReceiveAsync(done, results.Add);
                return results.Select(result => result.Split(' ')[0]).Distinct().Count() == 2;
            },
            State);
        await Eventually.TrueAsync(
            async () =>
            {
                await ReceiveAsync(done, results.Add);
                return results.Count >= sent;
            },
            State);

        Assert.Equal(sent, results.Select(result => result[(result.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Distinct().Count());
        Assert.Equal(sent, results.Count);

        string State() => string.Join(Environment.NewLine, $"{results.Count} of {sent}", one.Log, other.Log);
    }

    private static async Task CollectAsync(QueueClient ticks, List<(int, DateTime)> seen, Func<bool> isEnough, params TwinProcess[] processes)
    {
        var watch = Stopwatch.StartNew();
        while (!isEnough())
        {
            Assert.True(watch.Elapsed < Patience.Usual, $"The timer does not run.{Environment.NewLine}{string.Join(Environment.NewLine, processes.Select(process => process.Log))}");
            await ReceiveAsync(ticks, text =>
            {
                var parts = text.Split(' ');
                seen.Add((int.Parse(parts[0], CultureInfo.InvariantCulture), new DateTime(long.Parse(parts[1], CultureInfo.InvariantCulture), DateTimeKind.Utc)));
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
