using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Tests;

public sealed class RestartPauseTests
{
    [Fact]
    public void App_that_was_healthy_is_back_at_once_however_often_it_dies()
    {
        var pause = new RestartPause();

        for (var death = 0; death < 20; death++)
            Assert.True(pause.After(wasHealthy: true) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void App_that_dies_while_it_starts_waits_longer_each_time_up_to_30_seconds()
    {
        var pause = new RestartPause();

        var seconds = Enumerable.Range(0, 9).Select(_ => pause.After(wasHealthy: false).TotalSeconds).ToList();

        Assert.Equal([1, 2, 4, 8, 15, 30, 30, 30, 30], seconds);
        Assert.Equal(9, pause.FailedStarts);
    }

    [Fact]
    public void Health_forgives_the_failed_starts_before_it()
    {
        var pause = new RestartPause();
        pause.After(wasHealthy: false);

        pause.After(wasHealthy: true);

        Assert.Equal(0, pause.FailedStarts);
    }
}
