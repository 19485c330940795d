using System.Diagnostics;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.LocalRuntime.Worker.Queues;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

[Collection(WorkerStorage.Name)]
public sealed class QueueTests(AzuriteFixture azurite)
{
    // Whoever is not woken looks again when every test is over.
    private static readonly QueueSettings LooksOnlyWhenWoken = new() { ShortestPause = TimeSpan.FromHours(1), MaxPollingInterval = TimeSpan.FromHours(1) };

    [Fact]
    public async Task S04_A_missing_setting_in_a_queue_name_stops_the_start()
    {
        await using var world = QueueWorld.On(azurite);

        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => world.StartAsync(typeof(QueueFunctions.Missing)));

        Assert.Contains("NoSuchSetting", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(QueueFunctions.Text), "plain", "plain")]
    [InlineData(typeof(QueueFunctions.Bytes), "plain", "plain")]
    [InlineData(typeof(QueueFunctions.Binary), "plain", "plain")]
    [InlineData(typeof(QueueFunctions.Whole), "plain", "plain 1 True")]
    [InlineData(typeof(QueueFunctions.Poco), """{ "number": 7, "Name": "x" }""", "Order { Number = 7, Name = x } 1 x")]
    [InlineData(typeof(QueueFunctions.Poco), "null", "null 1 ")]
    public async Task S14_A_message_is_bound_then_deleted(Type function, string body, string seen)
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.StartAsync(function);

        await world.Queue.SendMessageAsync(body);

        await world.UntilAsync(() => world.Received.Texts.SequenceEqual([seen]));
        await world.UntilAsync(async () => await world.CountAsync(world.Queue) == 0);
        Assert.Empty(world.Host.Log.Errors);
    }

    [Fact]
    public async Task S15_A_message_that_always_fails_is_poison_after_five_attempts()
    {
        await using var world = QueueWorld.On(azurite);
        world.Received.Behaviour = _ => throw new InvalidOperationException("no");
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text));

        await world.Queue.SendMessageAsync("bad");

        await world.UntilAsync(async () => await world.CountAsync(world.Poison) == 1 && await world.CountAsync(world.Queue) == 0);
        Assert.Equal(5, world.Received.Calls.Count);
        Assert.Equal("bad", (await world.Poison.PeekMessageAsync()).Value.Body.ToString());
    }

    [Fact]
    public async Task S16_A_message_dequeued_too_often_is_poison_without_a_call()
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.Queue.SendMessageAsync("worn");
        for (var i = 0; i < 5; i++)
        {
            QueueMessage message = await world.Queue.ReceiveMessageAsync();
            await world.Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        }

        await world.StartAsync(typeof(QueueFunctions.Text));

        await world.UntilAsync(async () => await world.CountAsync(world.Poison) == 1);
        Assert.Empty(world.Received.Calls);
    }

    [Fact]
    public async Task S17_Text_that_is_no_json_fails_to_bind_five_times_then_is_poison()
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Poco));

        await world.Queue.SendMessageAsync("no json");

        await world.UntilAsync(async () => await world.CountAsync(world.Poison) == 1);
        Assert.Empty(world.Received.Calls);
        Assert.Equal(5, world.Host.Log.Errors.Count(line => line.Exception is Microsoft.Azure.Functions.Worker.FunctionInputConverterException));
    }

    [Fact]
    public async Task S17_Text_that_is_no_base64_is_poison_at_once()
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text));

        await world.Client(world.Queue.Name, QueueMessageEncoding.None).SendMessageAsync("not base64!");

        await world.UntilAsync(async () => await world.CountAsync(world.Poison) == 1);
        Assert.Empty(world.Received.Calls);
        Assert.Equal("not base64!", (await world.Client(world.Poison.Name, QueueMessageEncoding.None).PeekMessageAsync()).Value.Body.ToString());
    }

    [Fact]
    public async Task S18_A_failed_attempt_is_hidden_for_the_visibility_timeout()
    {
        await using var world = QueueWorld.On(azurite);
        world.Received.Behaviour = _ => throw new InvalidOperationException("no");
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text), settings: LooksOnlyWhenWoken with { VisibilityTimeout = TimeSpan.FromSeconds(3), MaxDequeueCount = 2 });

        await world.Queue.SendMessageAsync("bad");

        await world.UntilAsync(() => world.Received.Calls.Count == 2);
        var calls = world.Received.Calls.ToArray();
        Assert.True(Stopwatch.GetElapsedTime(calls[0].At, calls[1].At).TotalSeconds >= 2.9, "It was visible too soon.");
    }

    [Fact]
    public async Task S19_A_long_run_keeps_its_message_and_deletes_it_by_the_new_receipt()
    {
        await using var world = QueueWorld.On(azurite);
        var isOver = new TaskCompletionSource();
        world.Received.Behaviour = _ => isOver.Task;
        await world.Queue.CreateAsync();
        var hidden = TimeSpan.FromSeconds(10);
        await world.StartAsync(typeof(QueueFunctions.Text), settings: new QueueSettings { Invisibility = hidden, MaxPollingInterval = TimeSpan.FromMilliseconds(200) });

        await world.Queue.SendMessageAsync("slow");

        await world.UntilAsync(() => world.Received.Calls.Count == 1);
        await Task.Delay(hidden + TimeSpan.FromSeconds(3));
        Assert.Equal(1, await world.CountAsync(world.Queue));
        isOver.SetResult();
        await world.UntilAsync(async () => await world.CountAsync(world.Queue) == 0);
        Assert.Single(world.Received.Calls);
    }

    [Fact]
    public async Task S19_A_renewal_that_fails_in_an_odd_way_does_not_give_the_message_to_a_second_run()
    {
        using var storage = new OddStorage(
            azurite.ConnectionString, request => request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains("popreceipt", StringComparison.Ordinal));
        await using var world = QueueWorld.On(azurite);
        var end = new TaskCompletionSource();
        world.Received.Behaviour = _ => end.Task;
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text), settings: new QueueSettings { Invisibility = TimeSpan.FromSeconds(6), MaxPollingInterval = TimeSpan.FromMilliseconds(200) }, storage: storage);

        await world.Queue.SendMessageAsync("slow");
        // The one that fails, and a later one, before the message would be seen again.
        await Eventually.TrueAsync(() => storage.Failures > 1);
        end.SetResult();

        await Eventually.TrueAsync(async () => await world.CountAsync(world.Queue) == 0);
        Assert.Single(world.Received.Calls);
    }

    [Fact]
    public async Task S21_A_poll_that_fails_in_an_odd_way_is_not_the_last_one()
    {
        using var storage = new OddStorage(
            azurite.ConnectionString, request => request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal));
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text), storage: storage);
        await Eventually.TrueAsync(() => storage.Failures > 0);

        await world.Queue.SendMessageAsync("hello");

        await Eventually.TrueAsync(() => world.Received.Texts.SequenceEqual(["hello"]));
    }

    [Fact]
    public async Task S20_No_more_run_at_once_than_a_batch_and_the_threshold()
    {
        await using var world = QueueWorld.On(azurite);
        world.Received.Behaviour = token => Task.Delay(TimeSpan.FromMilliseconds(150), token);
        await world.Queue.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Queue.SendMessageAsync($"{i}")));

        await world.StartAsync(typeof(QueueFunctions.Text), """{ "batchSize": 4, "newBatchThreshold": 1, "maxPollingInterval": "00:00:00.2" }""");

        await world.UntilAsync(async () => world.Received.Calls.Count == 20 && await world.CountAsync(world.Queue) == 0);
        Assert.InRange(world.Received.MostRunning, 2, 5);
    }

    [Fact]
    public async Task S21_A_queue_that_does_not_exist_yet_is_awaited_quietly()
    {
        await using var world = QueueWorld.On(azurite);
        await world.StartAsync(typeof(QueueFunctions.Text));
        await Task.Delay(1_000);
        Assert.DoesNotContain(world.Host.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);

        await world.Queue.CreateAsync();
        await world.Queue.SendMessageAsync("late");

        await world.UntilAsync(() => world.Received.Calls.Count == 1);
    }

    [Fact]
    public async Task S22_A_poison_queue_has_no_poison_queue()
    {
        await using var world = QueueWorld.On(azurite, $"q{Guid.NewGuid():N}-poison");
        world.Received.Behaviour = _ => throw new InvalidOperationException("no");
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text), """{ "maxDequeueCount": 1, "maxPollingInterval": "00:00:00.2" }""");

        await world.Queue.SendMessageAsync("bad");

        await world.UntilAsync(() => world.Host.Log.Errors.Any(line => line.Text.Contains("no poison queue", StringComparison.Ordinal)));
        Assert.False(await world.Poison.ExistsAsync());
        Assert.Equal(1, await world.CountAsync(world.Queue));
    }

    [Fact]
    public async Task S24_A_message_that_a_dead_process_held_comes_back_when_its_time_lapses()
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await world.Queue.SendMessageAsync("orphan");
        await world.Queue.ReceiveMessageAsync(visibilityTimeout: TimeSpan.FromSeconds(2));

        await world.StartAsync(typeof(QueueFunctions.Text));

        await world.UntilAsync(() => world.Received.Calls.Count == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_by_any_client_of_the_process_wakes_the_listener(bool hasOwnTransport)
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await StartAndPauseAsync(world);
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        using var own = new SocketsHttpHandler { MaxConnectionsPerServer = 8 };
        if (hasOwnTransport)
            options.Transport = new HttpClientTransport(new HttpClient(own));
        var sender = new QueueClient(world.ConnectionString, world.Queue.Name, options);

        await sender.SendMessageAsync("now");

        await world.UntilAsync(() => world.Received.Texts.SequenceEqual(["first", "now"]));
    }

    [Fact]
    public async Task A_delayed_message_wakes_the_listener_when_it_becomes_visible()
    {
        await using var world = QueueWorld.On(azurite);
        await world.Queue.CreateAsync();
        await StartAndPauseAsync(world);

        var sentAt = Stopwatch.GetTimestamp();
        await world.Queue.SendMessageAsync("later", visibilityTimeout: TimeSpan.FromSeconds(2));

        await world.UntilAsync(() => world.Received.Texts.SequenceEqual(["first", "later"]));
        Assert.True(Stopwatch.GetElapsedTime(sentAt, world.Received.Calls.Last().At).TotalSeconds >= 1.8, "It was visible too soon.");
    }

    [Fact]
    public async Task A_stop_signals_what_runs_and_waits_for_its_end()
    {
        await using var world = QueueWorld.On(azurite);
        world.Received.Behaviour = async token =>
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
            await Task.Delay(500, CancellationToken.None);
        };
        await world.Queue.CreateAsync();
        await world.StartAsync(typeof(QueueFunctions.Text));
        await world.Queue.SendMessageAsync("running");
        await world.UntilAsync(() => world.Received.Calls.Count == 1);

        await world.Host.StopAsync();

        Assert.Equal(0, await world.CountAsync(world.Queue));
    }

    /// <summary>Until it has looked and found nothing.</summary>
    private static async Task StartAndPauseAsync(QueueWorld world)
    {
        await world.StartAsync(typeof(QueueFunctions.Text), settings: LooksOnlyWhenWoken);
        await world.Queue.SendMessageAsync("first");
        await world.UntilAsync(() => world.Received.Calls.Count == 1);
        await Task.Delay(1_000);
    }
}
