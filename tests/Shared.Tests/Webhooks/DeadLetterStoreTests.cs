using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class DeadLetterStoreTests : IAsyncLifetime
{
    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    public static TheoryData<byte[]> Garbage =>
    [
        Array.Empty<byte>(),
        new byte[] { 0, 0xff, 0xfe, 0xc3, 0x28 },
        Encoding.UTF8.GetBytes("null"),
        Encoding.UTF8.GetBytes("[]"),
        Encoding.UTF8.GetBytes("not json"),
        Encoding.UTF8.GetBytes("{}"),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":null,"batch":"b","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe","batch":"b","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"A/../B","endpointId":"whe_1","batch":"b","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_/1","batch":"b","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"a#b","turn":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"a\u0000b","turn":1}"""),
        Encoding.UTF8.GetBytes(new string('x', 60_000)),
        Encoding.UTF8.GetBytes(new string('ü', 30_000)),
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Whatever_cannot_be_read_is_kept_once_under_the_operator(byte[] raw)
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);

        await world.Process.Recorder.RecordAsync(raw, default);
        await world.Process.Recorder.RecordAsync(raw, default);
        var letters = new List<DeadLetter>();
        await foreach (var one in world.Process.Letters.RangeAsync(TenantId.Default, null, "", 10, default))
            letters.Add(one);
        var letter = Assert.Single(letters);

        Assert.StartsWith("raw_", letter.DeliveryId, StringComparison.Ordinal);
        Assert.Equal("unreadable message", letter.Cause);
        Assert.True(letter.Answer!.Length <= 8_000);
        Assert.Equal(world.Clock.Now, letter.DeadAt);
    }

    [Fact]
    public async Task Dead_delivery_is_kept_under_its_id_once_with_what_was_answered()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        _receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 404;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "no such hook");
        };
        await world.PlanAsync();
        await world.DrainAsync();

        await world.DeadLettersAsync();
        await world.Process.Recorder.RecordAsync(JsonSerializer.SerializeToUtf8Bytes(world.Poison[0], JsonDefaults.Options), default);
        var letter = Assert.Single(await world.LettersAsync());

        Assert.Equal((await world.BatchAsync()).DeliveryId(0), letter.DeliveryId);
        Assert.Equal(("answered 404", 404, "no such hook", 1), (letter.Cause, letter.Status, letter.Answer, letter.Attempts));
        Assert.Empty(await world.DueAsync(DeadLetterRecorder.Kind));
    }

    [Fact]
    public async Task Dead_delivery_whose_message_is_lost_is_recorded_by_the_timer()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        _receiver.Answers(_ => 400);
        await world.PlanAsync();
        await world.DrainAsync();

        await world.Process.Recorder.ReconcileAsync(default);
        var soon = (await world.LettersAsync()).Count;
        world.Clock.Pass(TimeSpan.FromMinutes(5));
        await world.Process.Recorder.ReconcileAsync(default);

        Assert.Equal(0, soon);
        Assert.Equal(2, (await world.LettersAsync()).Count);
        Assert.Empty(await world.DueAsync(DeadLetterRecorder.Kind));
    }

    [Fact]
    public async Task Batch_that_the_queue_gave_up_on_is_tried_again_and_is_dead_the_third_time()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.PlanAsync();
        var raw = JsonSerializer.SerializeToUtf8Bytes(world.Take(), JsonDefaults.Options);

        await world.Process.Recorder.RecordAsync(raw, default);
        await world.Process.Recorder.RecordAsync(raw, default);
        var twice = (await world.BatchAsync()).States;
        await world.Process.Recorder.RecordAsync(raw, default);
        world.Clock.Pass(TimeSpan.FromSeconds(21));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        await world.SettleAsync();

        Assert.Equal("oo", twice);
        Assert.Equal("xx", (await world.BatchAsync()).States);
        Assert.Equal(2, (await world.LettersAsync()).Count);
        Assert.Empty(_receiver.Received);
        Assert.Equal(new DeliverySums(2, 2, 0, 0, 2, 0, 0), await world.SumsAsync());
    }

    [Fact]
    public async Task Letters_are_deleted_when_their_time_is_over()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 1);
        _receiver.Answers(_ => 400);
        await world.PlanAsync();
        await world.SettleAsync();

        world.Clock.Pass(TimeSpan.FromDays(30));
        await world.Process.Recorder.ReconcileAsync(default);
        var warned = (await world.LettersAsync()).Count;
        world.Clock.Pass(TimeSpan.FromDays(2));
        await world.Process.Recorder.ReconcileAsync(default);

        Assert.Equal(1, warned);
        Assert.Empty(await world.LettersAsync());
    }
}
