using ProspectOps.Cli.Tests.FakeApp;

// Run as the app is: settings in the environment, the end of standard input as the end of the parent.
var keyFile = Environment.GetEnvironmentVariable("Tenancy__BootstrapKeyFile")!;
var dataFolder = Environment.GetEnvironmentVariable("Platform__DataFolder")!;
if (File.Exists(Path.Combine(dataFolder, "die-at-start")))
{
    Console.Error.WriteLine(File.ReadAllText(Path.Combine(dataFolder, "die-at-start")));
    Console.Error.WriteLine("The fake refuses to start.");
    return 3;
}
if (!File.Exists(keyFile))
{
    await File.WriteAllTextAsync(keyFile, FakeBehavior.Key);
    if (!OperatingSystem.IsWindows())
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
foreach (var name in new[] { "AzureWebJobsStorage", "Platform__Mode", "Webhooks__AllowedAddresses__0" })
    Console.WriteLine($"{name}={Environment.GetEnvironmentVariable(name)}");

var behavior = new FakeBehavior { EndsAsFile = Path.Combine(dataFolder, "ends-as") };
var app = new FakeServer(behavior).Build(Environment.GetEnvironmentVariable("ASPNETCORE_URLS")!);
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }
    Environment.Exit(0);
});
while (File.Exists(Path.Combine(dataFolder, "wait-at-start")))
    await Task.Delay(50);
await app.RunAsync();
return 0;
