namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a worker's Program.cs begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder with the defaults: host.json and local.settings.json beside the app, environment, arguments, console log.</summary>
    /// <remarks>What is wrong with the settings is told when the application starts, all of it at once.</remarks>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
