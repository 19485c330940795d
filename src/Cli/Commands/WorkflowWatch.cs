using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;

namespace ProspectOps.Cli.Commands;

/// <summary>Follows a workflow to its end. Ctrl-C asks whether to cancel it or to leave it.</summary>
internal sealed class WorkflowWatch(Screen screen, Interruption interruption, bool json)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Where progress goes: beside the data when the data are JSON.</summary>
    private bool OnTerminal => Screen.IsTerminal(json ? Console.IsErrorRedirected : Console.IsOutputRedirected);

    /// <returns>The workflow when it is over; <see langword="null"/> when it was left.</returns>
    public async Task<WorkflowView?> FollowAsync(Connection connection, string workflowId)
    {
        var lines = new StageLines(json ? screen.Note : screen.Line);
        while (true)
        {
            WorkflowView? workflow = null;
            if (OnTerminal)
            {
                screen.Live = json ? screen.Error : screen.Out;
                try
                {
                    await StageBars.RunAsync(screen.Live, async bars => workflow = await PollAsync(connection, workflowId, bars));
                }
                finally
                {
                    screen.Live = null;
                }
            }
            else
            {
                workflow = await PollAsync(connection, workflowId, lines);
            }
            if (workflow is not null)
                return workflow;
            if (!await GoesOnAsync(connection, workflowId))
                return null;
        }
    }

    /// <returns><see langword="null"/> when it was interrupted.</returns>
    private async Task<WorkflowView?> PollAsync(Connection connection, string workflowId, IStageDisplay display)
    {
        var token = interruption.Token;
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                if (connection.Broken.IsCompleted)
                    throw new CommandFailedException(await connection.Broken);
                var workflow = await connection.Api.WorkflowAsync(workflowId, token);
                display.Show(workflow);
                if (workflow.IsOver)
                    return workflow;
                await Task.Delay(pause, token);
                pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 5 / 4));
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> GoesOnAsync(Connection connection, string workflowId)
    {
        switch (await AskAsync())
        {
            case "c":
                await connection.Api.PostAsync($"workflows/{Uri.EscapeDataString(workflowId)}/cancel", new { }, interruption.Token);
                screen.Note("Canceling; waiting until it has stopped …");
                return true;
            case "":
                return true;
            default:
                screen.Note(connection.IsOurs
                    ? $"{workflowId} is left as it is and loses nothing. It goes on with the next `./prospectops up`, or with:"
                    : $"{workflowId} runs on. To take it up again:");
                screen.Note($"  ./prospectops workflows watch {workflowId}");
                return false;
        }
    }

    /// <returns>"c" to cancel, "" to go on watching, "l" to leave it: also where there is nobody to ask, and at a second Ctrl-C.</returns>
    private async Task<string> AskAsync()
    {
        if (!interruption.CameFromKeyboard || Console.IsInputRedirected || !OnTerminal)
            return "l";
        interruption.Rearm();
        while (true)
        {
            Console.Error.Write("Cancel the workflow [c], leave it running [l], or watch on [Enter]? ");
            var answer = Task.Run(Console.ReadLine);
            if (await Task.WhenAny(answer, Task.Delay(Timeout.Infinite, interruption.Token)) != answer || await answer is not { } text)
            {
                Console.Error.WriteLine();
                return "l";
            }
            if (text.Trim().ToLowerInvariant() is var letter and ("" or "c" or "l"))
                return letter;
        }
    }
}
