using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;

namespace ProspectOps.Cli.Commands;

/// <summary>All commands, and what their ends mean: 0 completed, 1 failed, 2 wrong usage, 130 interrupted.</summary>
internal static class CommandLine
{
    private const string Summary = "ProspectOps researches an industry, validates, scores and tiers a list of people, writes what to send to them, and delivers it.";

    private const string Details = """
        Start here:
          ./prospectops pipeline people.csv --industry saas     one file, start to end; no server needed
          ./prospectops validate people.csv                     the addresses of a file, checked
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
            var parsed = Create(screen, interruption).Parse(arguments.Length == 0 ? ["--help"] : arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not DetailedHelp)
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
            screen.Dim("Stopped before it was done.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            // The outermost edge: without this the runtime would abort with a core dump in place of an exit code.
            screen.Failure($"This should not have happened; please report it:{Environment.NewLine}{e}");
            return ExitCode.Failed;
        }
    }

    // No RootCommand: it would be called by the name of the program file, and nobody types that.
    private static DocumentedCommand Create(Screen screen, Interruption interruption) => new("./prospectops", Summary, Details)
    {
        new HelpOption { Action = new DetailedHelp(new HelpAction()) },
        new VersionOption(),
        new UpCommand(screen, interruption).Create(),
        new PipelineCommand(screen, interruption).Create(),
        new ValidateCommand(screen, interruption).Create(),
        new IndustriesCommand(screen, interruption).Create(),
        new WorkflowsCommand(screen, interruption).Create(),
        new CampaignsCommand(screen, interruption).Create(),
        new ClayCommand(screen, interruption).Create(),
        new WebhooksCommand(screen, interruption).Create(),
        new KeysCommand(screen, interruption).Create(),
        new TenantsCommand(screen, interruption).Create(),
        new AuditCommand(screen, interruption).Create(),
        new UsageCommand(screen, interruption).CreateUsage(),
        new UsageCommand(screen, interruption).CreateLimits(),
        ScriptCommands.Test(),
        ScriptCommands.Bench(),
        new TestReportCommand(screen).Create(),
    };

    private static int WrongUsage(ParseResult parsed, Screen screen)
    {
        var command = string.Join(' ', PathOf(parsed.CommandResult));
        if (parsed is { CommandResult.Command.Subcommands.Count: > 0, UnmatchedTokens: [var unknown, ..] })
            screen.Failure($"{command} has no command '{unknown}'.");
        else
            foreach (var error in parsed.Errors)
                screen.Failure(Worded(error));
        screen.Note($"`{command} --help` shows how.");
        return ExitCode.WrongUsage;
    }

    // Where a value is not of its option's type, the library names that type: System.Nullable`1[System.Int32].
    private static string Worded(ParseError error)
    {
        if ((error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { Option: var option, Tokens: [.., var token] }
            || !error.Message.Contains("'System.", StringComparison.Ordinal))
            return error.Message;
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return $"{option.Name} takes {(type == typeof(DateTimeOffset) ? "a time such as 2026-11-20T09:00:00Z" : "a number")}, not '{token.Value}'.";
    }

    private static Stack<string> PathOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command; result is CommandResult { Command: var named }; result = result.Parent)
            names.Push(named.Name);
        return names;
    }
}
