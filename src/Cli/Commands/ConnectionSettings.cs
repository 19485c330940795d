using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <param name="Url">A ProspectOps elsewhere; <see langword="null"/>: the one of the data folder, brought up where it does not run.</param>
/// <param name="Command">What holds the folder while it is brought up.</param>
internal sealed record ConnectionSettings(Uri? Url, string? ApiKey, DataFolder Folder, string? AppPath, string Command, Uri? DeliverTo);
