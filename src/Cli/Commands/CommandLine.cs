using System.CommandLine;
using System.CommandLine.Help;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;

namespace ProspectOps.Cli.Commands;

/// <summary>All commands, and what their ends mean: 0 completed, 1 failed, 2 wrong usage, 130 interrupted.</summary>
internal static class CommandLine
{
    private const string Description = """
        ProspectOps researches an industry, validates, scores and tiers a list of people, writes what to send to
        them, and delivers it.

        Start here:
          ./prospectops pipeline people.csv --industry saas     one file, start to end; no server needed
          ./prospectops up                                      the platform and its HTTP API, until Ctrl-C
          ./prospectops test                                    format, build and every test

        Needs the .NET 10 SDK and Node 20 or newer, on Linux or macOS; on Windows, run it inside WSL.
        Exit code: 0 completed, 1 failed, 2 wrong usage, 130 interrupted.
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var screen = new Screen();
        using var interruption = new Interruption();
        try
        {
            var parsed = Create(screen, interruption).Parse(arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
                return WrongUsage(parsed, screen);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,       // signals are ours: children are stopped in order
            });
        }
        catch (CommandFailedException e)
        {
            screen.Failure(e.Message);
            return e.ExitCode;
        }
        catch (ApiException e)
        {
            screen.Failure(e.Message);
            return e.Problem.Status == 400 ? ExitCode.WrongUsage : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand Create(Screen screen, Interruption interruption) => new(Description)
    {
        new UpCommand(screen, interruption).Create(),
        new PipelineCommand(screen, interruption).Create(),
        new IndustriesCommand(screen, interruption).Create(),
        new WorkflowsCommand(screen, interruption).Create(),
        new CampaignsCommand(screen, interruption).Create(),
        new KeysCommand(screen).Create(),
        ScriptCommands.Test(),
        ScriptCommands.Bench(),
        new TestReportCommand(screen).Create(),
    };

    private static int WrongUsage(ParseResult parsed, Screen screen)
    {
        foreach (var error in parsed.Errors)
            screen.Failure(error.Message);
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "" : $" {string.Join(' ', PathOf(parsed.CommandResult))}";
        screen.Note($"`./prospectops{name} --help` shows how.");
        return ExitCode.WrongUsage;
    }

    private static Stack<string> PathOf(System.CommandLine.Parsing.SymbolResult? result)
    {
        for (var names = new Stack<string>(); ; result = result.Parent)
        {
            if (result is not System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command)
                return names;
            names.Push(command.Command.Name);
        }
    }
}
