using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class MaintenanceTests : IAsyncLifetime
{
    private static readonly MaintenanceWindow Nightly = new(From: "22:00", Minutes: 180, TimeZone: "Europe/Malta");

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData("2026-01-31T20:59:59Z", null)]
    [InlineData("2026-01-31T21:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z")]
    [InlineData("2026-02-01T00:00:00Z", null)]
    [InlineData("2026-07-31T20:30:00Z", "2026-07-31T23:00:00Z")] // summer time
    public void Window_in_a_time_zone_ends_when_its_minutes_are_over(string at, string? end) =>
        Assert.Equal(Time(end), MaintenanceSchedule.EndOf([Nightly], Time(at)!.Value));

    [Fact]
    public void Window_of_one_day_is_open_on_no_other()
    {
        var window = Nightly with { Days = ["saturday"], TimeZone = null };

        Assert.Equal(Time("2026-02-01T01:00:00Z"), MaintenanceSchedule.EndOf([window], Time("2026-02-01T00:30:00Z")!.Value)); // began on Saturday
        Assert.Null(MaintenanceSchedule.EndOf([window], Time("2026-02-01T22:30:00Z")!.Value));
    }

    [Fact]
    public void Windows_that_touch_count_as_one()
    {
        MaintenanceWindow[] windows = [new(Time("2026-01-01T10:00:00Z"), Time("2026-01-01T11:00:00Z")), new(Time("2026-01-01T11:00:00Z"), Time("2026-01-01T12:00:00Z"))];

        Assert.Equal(Time("2026-01-01T12:00:00Z"), MaintenanceSchedule.EndOf(windows, Time("2026-01-01T10:30:00Z")!.Value));
    }

    [Fact]
    public void Window_that_never_closes_is_not_waited_for_for_ever()
    {
        var at = Time("2026-01-01T00:00:00Z")!.Value;

        Assert.InRange((MaintenanceSchedule.EndOf([new MaintenanceWindow(From: "00:00", Minutes: 1_440)], at)!.Value - at).TotalDays, 7, 8);
    }

    [Fact]
    public void Preview_moves_attempts_out_of_the_window()
    {
        MaintenanceWindow[] windows = [new(Time("2026-01-01T10:00:00Z"), Time("2026-01-01T11:00:00Z"))];

        var attempts = DeliverySchedulePreview.Attempts([TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)], windows, Time("2026-01-01T09:58:00Z")!.Value);

        Assert.Equal([false, false, true, false], attempts.Select(attempt => attempt.Moved));
        Assert.Equal(Time("2026-01-01T11:00:00Z"), attempts[2].Earliest);
        Assert.Equal(Time("2026-01-01T12:36:00Z"), attempts[3].Earliest);
        Assert.Equal(Time("2026-01-01T13:24:00Z"), attempts[3].Latest);
    }

    [Fact]
    public async Task Nothing_is_posted_in_a_window_and_no_workflow_waits_for_its_end()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        var end = world.Clock.Now + TimeSpan.FromHours(3);
        await world.Process.Service.SetWindowsAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, [new MaintenanceWindow(world.Clock.Now - TimeSpan.FromHours(1), end)], default);
        await world.PlanAsync();

        var waiting = await world.Process.Handler.HandleAsync(world.Take(), default);
        var inWindow = (_receiver.Received.Count, await world.SumsAsync(), (await world.BatchAsync()).NextAttemptAt);
        await world.SettleAsync();

        Assert.NotNull(waiting);
        Assert.Equal((0, new DeliverySums(2, 2, 0, 2, 0, 0, 0), (DateTimeOffset?)end), inWindow);
        Assert.Equal(2, _receiver.Received.Count);
        Assert.True(world.Clock.Now >= end);
        Assert.Equal(new DeliverySums(2, 2, 2, 0, 0, 2, 2), await world.SumsAsync());
    }

    [Fact]
    public async Task Window_that_is_taken_away_lets_out_what_waited()
    {
        using var world = await WebhooksWorld.WithAsync(_receiver, people: 2);
        await world.Process.Service.SetWindowsAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, [new MaintenanceWindow(world.Clock.Now - TimeSpan.FromHours(1), world.Clock.Now + TimeSpan.FromHours(3))], default);
        await world.WorkAsync();
        await world.PlanAsync();
        await world.Process.Handler.HandleAsync(world.Take(), default);

        await world.Process.Service.SetWindowsAsync(WebhooksWorld.Tenant, WebhooksWorld.EndpointId, [], default);
        await world.WorkAsync();
        await world.Process.Handler.HandleAsync(world.Sent[^1].Message, default);

        Assert.Equal(2, _receiver.Received.Count);
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
