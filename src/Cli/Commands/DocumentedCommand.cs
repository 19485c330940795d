using System.CommandLine;

namespace ProspectOps.Cli.Commands;

/// <summary>A command with more to say than the line that the list of commands shows.</summary>
/// <param name="details">Comes last in its help: how it behaves, examples.</param>
internal sealed class DocumentedCommand(string name, string summary, string details) : Command(name, summary)
{
    public string Details { get; } = details;
}
