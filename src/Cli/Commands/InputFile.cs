namespace ProspectOps.Cli.Commands;

/// <summary>The file that a command was given: what is wrong with it is said before anything is started.</summary>
internal static class InputFile
{
    public static void Require(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
            throw new CommandFailedException($"{file.FullName} is a folder; a CSV file is needed.", ExitCode.WrongUsage);
        if (!file.Exists)
            throw new CommandFailedException($"There is no file {file.FullName}.", ExitCode.WrongUsage);
        try
        {
            if (file.Length > 0)    // a pipe has no length, and is opened once only
                file.OpenRead().Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file.FullName} cannot be read: {e.Message}", ExitCode.WrongUsage);
        }
    }
}
