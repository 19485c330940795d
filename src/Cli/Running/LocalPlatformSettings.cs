namespace ProspectOps.Cli.Running;

/// <param name="Command">The command that holds the folder, for the message to another one.</param>
/// <param name="Port">Where the app listens; <see langword="null"/>: 7071, or a free one.</param>
/// <param name="StoragePort">First of Azurite's three; <see langword="null"/>: 10000, or free ones.</param>
/// <param name="DeliverTo">The only private address that webhooks may go to.</param>
/// <param name="ShowLog">Gets each line that the app prints.</param>
/// <param name="Note">Gets what the operator should know meanwhile.</param>
internal sealed record LocalPlatformSettings(
    DataFolder Folder,
    string Command,
    int? Port,
    int? StoragePort,
    string AppPath,
    string AzuriteScript,
    Uri? DeliverTo,
    Action<string>? ShowLog,
    Action<string> Note);
