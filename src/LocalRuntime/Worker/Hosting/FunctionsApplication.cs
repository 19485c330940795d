namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a worker's Program.cs begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder with the defaults: host.json and local.settings.json beside the app, environment, arguments, console log.</summary>
    /// <exception cref="InvalidOperationException">host.json is missing or not of version 2.0.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
