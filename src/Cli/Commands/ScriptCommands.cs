using System.CommandLine;

namespace ProspectOps.Cli.Commands;

/// <summary>What the script does itself, before this program is built; here for <c>--help</c> alone.</summary>
internal static class ScriptCommands
{
    public static Command Test()
    {
        var command = new DocumentedCommand("test", "Check the format, build everything and run every test.", """
            Restores the locked packages, runs `dotnet format --verify-no-changes`, builds Release, runs one test project after
            the other and closes with "N passed, N failed". With --project: that project alone, a line for each test.

            Examples:
              ./prospectops test
              ./prospectops test --project LocalRuntime.Tests
              ./prospectops test --project Shared.Tests --filter "FullyQualifiedName~Validation"
            """)
        {
            new Option<string?>("--project") { Description = "One test project, for example Shared.Tests.", HelpName = "NAME" },
            new Option<string?>("--filter") { Description = "A filter expression of `dotnet test`.", HelpName = "EXPR" },
        };
        command.SetAction(StartThroughScript);
        return command;
    }

    public static Command Bench()
    {
        var command = new DocumentedCommand("bench", "Run benchmarks: those named, or all.", """
            Each runs on a fresh Azurite and the built app, prints what it measured, and compares it with something plain
            measured in the same run. bench/RESULTS.md explains the figures.

            Examples:
              ./prospectops bench --list
              ./prospectops bench pipeline-1000
              ./prospectops bench startup http --json results.json
            """)
        {
            new Argument<string[]>("NAME") { Description = "Benchmarks; `bench --list` names them.", Arity = ArgumentArity.ZeroOrMore },
            new Option<bool>("--list") { Description = "Only name them." },
            new Option<bool>("--no-deliver") { Description = "Pipelines without webhooks." },
            new Option<string?>("--json") { Description = "Write the figures to a file too.", HelpName = "FILE" },
        };
        command.SetAction(StartThroughScript);
        return command;
    }

    private static int StartThroughScript(ParseResult parsed) => throw new CommandFailedException("Start this through ./prospectops.", ExitCode.WrongUsage);
}
