using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ProspectOps.Cli.Commands;

/// <summary>The library's help, and below it what the command has to say for itself.</summary>
internal sealed class DetailedHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand { Details: var details })
        {
            parseResult.InvocationConfiguration.Output.WriteLine(details);
            parseResult.InvocationConfiguration.Output.WriteLine();
        }
        return exitCode;
    }
}
