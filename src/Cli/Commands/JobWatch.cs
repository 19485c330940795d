using System.Globalization;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary>Follows a validation job to its end: a bar on a terminal, a line for every tenth in a pipe. Ctrl-C leaves the job as it is.</summary>
internal sealed class JobWatch(Screen screen, Interruption interruption, bool json)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private bool OnTerminal => Screen.IsTerminal(json ? Console.IsErrorRedirected : Console.IsOutputRedirected);

    /// <returns>The job when it is over; <see langword="null"/> when it was left.</returns>
    public async Task<JobView?> FollowAsync(Connection connection, string jobId)
    {
        if (!OnTerminal)
            return await PollAsync(connection, jobId, Lines(json ? screen.Note : screen.Line));
        screen.Live = json ? screen.Error : screen.Out;
        try
        {
            JobView? job = null;
            await screen.Live.Progress()
                .AutoRefresh(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
                .StartAsync(async context => job = await PollAsync(connection, jobId, Bar(context.AddTask("reading the file"))));
            return job;
        }
        finally
        {
            screen.Live = null;
        }
    }

    private async Task<JobView?> PollAsync(Connection connection, string jobId, Action<JobView> show)
    {
        var token = interruption.Token;
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                if (connection.Broken.IsCompleted)
                    throw new CommandFailedException(await connection.Broken);
                var job = JobView.Of(await connection.Api.GetAsync($"validation/jobs/{Uri.EscapeDataString(jobId)}", token));
                show(job);
                if (job.IsOver)
                    return job;
                await Task.Delay(pause, token);
                pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 5 / 4));
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            screen.Note(connection.IsOurs
                ? $"{jobId} is left as it is and loses nothing. It goes on with the next `./prospectops up`."
                : $"{jobId} runs on; GET /api/validation/jobs/{jobId} shows how far it is.");
            return null;
        }
    }

    private static Action<JobView> Bar(ProgressTask bar) => job =>
    {
        bar.IsIndeterminate = job.Total == 0 && !job.IsOver;
        bar.MaxValue = Math.Max(1, job.Total);
        bar.Value = job.Done;
        bar.Description = job.Total == 0 ? "reading the file" : Markup.Escape(TextOf(job));
    };

    private static Action<JobView> Lines(Action<string> line)
    {
        var shown = -1L;
        return job =>
        {
            var tenth = job.Total == 0 ? -1 : job.Done * 10 / job.Total;
            if (tenth <= shown && !job.IsOver)
                return;
            shown = tenth;
            if (job.Total > 0)
                line(TextOf(job));
        };
    }

    private static string TextOf(JobView job)
    {
        var ahead = job.WaitsFor.Length > 0 ? $", waits for quota {job.WaitsFor}"
            : job is { IsOver: false, EtaSeconds: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", about {TimeSpan.FromSeconds(Math.Ceiling(job.EtaSeconds)):g} to go") : "";
        return string.Create(CultureInfo.InvariantCulture, $"checked {job.Done:N0}/{job.Total:N0} at {job.RatePerSecond:N0}/s{ahead}");
    }
}
