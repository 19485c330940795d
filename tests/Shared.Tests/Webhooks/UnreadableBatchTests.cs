using System.Text.Json;
using ProspectOps.Operations;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>A batch of a shape that this version does not know is reported once, and stands in nobody's way.</summary>
public sealed class UnreadableBatchTests : IAsyncLifetime
{
    private const string Name = "00000000000000000old00000";

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData("nothing of it")]
    [InlineData("no payload")]
    [InlineData("a payload of another shape")]
    [InlineData("a payload that is cut off")]
    [InlineData("a blob that is gone")]
    [InlineData("fewer deliveries than states")]
    [InlineData("a number that is text")]
    public async Task Sweep_reports_it_once_and_goes_on_to_the_others(string shape)
    {
        using var world = await WithOldAsync(shape);
        await world.PlanAsync();

        world.Clock.Pass(TimeSpan.FromSeconds(30));
        for (var sweep = 0; sweep < 3; sweep++)
            await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);
        await world.SettleAsync();

        Assert.Equal(2, _receiver.Received.Count);
        var letter = Assert.Single(await world.LettersAsync());
        Assert.StartsWith("raw_", letter.DeliveryId, StringComparison.Ordinal);
        Assert.Equal(("a batch that this version cannot read", WebhooksWorld.EndpointId), (letter.Cause, letter.EndpointId));
        Assert.Contains(Name, letter.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_reminder_goes_so_that_nobody_looks_at_it_for_ever()
    {
        using var world = await WithOldAsync("no payload");

        world.Clock.Pass(TimeSpan.FromMinutes(11));
        await world.Process.Sweeper.SweepAsync(othersAreDead: false, default);

        Assert.Empty(await world.DueAsync());
        Assert.Single(await world.LettersAsync());
    }

    [Fact]
    public async Task Its_messages_are_used_up_wherever_they_come_from()
    {
        using var world = await WithOldAsync("a payload of another shape");
        var message = new DeliveryMessage(DeliveryMessage.CurrentVersion, WebhooksWorld.Tenant.Value, WebhooksWorld.EndpointId, Name, 1);

        Assert.Null(await world.Process.Handler.HandleAsync(message, default));
        await world.Process.Recorder.RecordAsync(JsonSerializer.SerializeToUtf8Bytes(message, JsonDefaults.Options), default);

        Assert.Single(await world.LettersAsync());
    }

    [Fact]
    public async Task Lists_pass_over_it_and_it_cannot_be_asked_for()
    {
        using var world = await WithOldAsync("no payload");
        await world.PlanAsync();

        var (items, _) = await world.Process.Reader.ListAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, null, "", 100, default);
        var refused = await Assert.ThrowsAsync<ProspectOps.Platform.Errors.DomainException>(() =>
            world.Process.Reader.GetAsync(WebhooksWorld.Tenant, DeliveryBatch.DeliveryIdOf(WebhooksWorld.EndpointId, Name, 0), default));

        Assert.Equal(2, items.Count);
        Assert.Equal(WebhookErrors.DeliveryNotFound, refused.Error);
    }

    [Fact]
    public async Task Published_event_that_cannot_be_read_does_not_keep_others_from_being_swept()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 0);
        var events = world.Storage.Table("WebhookEvents");
        await events.UpsertAsync(new TableRow(WebhooksWorld.Tenant.Value, "i|evt_lost") { ["Name"] = "gone", ["Listeners"] = PackedJson.Pack(new[] { WebhooksWorld.EndpointId }) }, default);
        await world.Process.Due.AddAsync(EventPublisher.Kind, DueStore.RowOf(world.Clock.Now, WebhooksWorld.Tenant, "evt_lost"), default);

        world.Clock.Pass(TimeSpan.FromMinutes(11));
        await world.Process.Publisher.SweepAsync(othersAreDead: false, default);

        Assert.Empty(await world.DueAsync(EventPublisher.Kind));
    }

    private async Task<WebhooksWorld> WithOldAsync(string shape)
    {
        var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        var dueRow = DueStore.RowOf(world.Clock.Now, WebhooksWorld.Tenant, $"{WebhooksWorld.EndpointId}|{Name}");
        var row = new TableRow(DeliveryBatch.PartitionOf(WebhooksWorld.Tenant, WebhooksWorld.EndpointId), $"b|{Name}");
        if (shape != "nothing of it")
            (row["Source"], row["EventType"], row["States"], row["DueRow"]) = (Name, "prospect.ready", "oo", dueRow);
        var log = PackedJson.Pack(new[] { new { eventId = "evt_1", attempts = Array.Empty<int>() } });
        switch (shape)
        {
            case "a payload of another shape":
                row["Data"] = PackedJson.Pack(new { attempts = 1 });
                break;
            case "a payload that is cut off":
                row["Data"] = log[..^8];
                break;
            case "a blob that is gone":
                row["DataBlob"] = "nowhere";
                break;
            case "fewer deliveries than states":
                row["Data"] = log;
                break;
            case "a number that is text":
                (row["Data"], row["Turn"]) = (log, "one");
                break;
        }
        await world.Storage.Table("Deliveries").UpsertAsync(row, default);
        await world.Process.Due.AddAsync(DeliverySweeper.Kind, dueRow, default);
        return world;
    }
}
