using ProspectOps.Cli.Commands;

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("ProspectOps runs on Linux and macOS; on Windows, run it inside WSL.");
    return 1;
}
return await CommandLine.RunAsync(args);
