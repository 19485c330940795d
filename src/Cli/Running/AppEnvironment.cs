using System.Globalization;

namespace ProspectOps.Cli.Running;

/// <summary>What the app is told on this machine.</summary>
internal static class AppEnvironment
{
    /// <param name="deliverTo">The only private address that webhooks may go to.</param>
    public static Dictionary<string, string> Of(string storage, Uri address, DataFolder folder, Uri? deliverTo)
    {
        var environment = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = storage,
            ["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/'),
            ["Platform__DataFolder"] = folder.Path,
            ["LocalRuntime__DataFolder"] = folder.Path,
            ["Platform__Mode"] = "local",
            ["Platform__ExitWithParent"] = "true",
            // No developer's exception pages, no checks that only a developer wants.
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Production",
            ["Tenancy__BootstrapKeyFile"] = folder.KeyFile,
            ["Validation__SpecialUseDomains"] = "accept",
            // The platform's own address, for the receiver at /_test/sink that a person may try retries with.
            ["Webhooks__AllowedAddresses__900"] = string.Create(CultureInfo.InvariantCulture, $"{address.IdnHost}:{address.Port}"),
        };
        if (deliverTo is { } url)
            environment["Webhooks__AllowedAddresses__0"] = string.Create(CultureInfo.InvariantCulture, $"{url.IdnHost}:{url.Port}");
        return environment;
    }
}
