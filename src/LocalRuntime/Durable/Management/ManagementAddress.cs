using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Management;

/// <summary>Where the management API of this process answers.</summary>
internal sealed class ManagementAddress(IFunctionKeys keys, IServer server, IConfiguration configuration)
{
    /// <summary>As on Azure: the name under which the app is reached from outside, without a scheme.</summary>
    private const string HostNameSetting = "WEBSITE_HOSTNAME";

    /// <param name="hub">Name of the hub.</param>
    /// <exception cref="InvalidOperationException">The server listens nowhere yet.</exception>
    public ManagementLinks Links(string hub)
    {
        var host = configuration[HostNameSetting] is { Length: > 0 } name
            ? (name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || name.StartsWith("127.", StringComparison.Ordinal) ? "http://" : "https://") + name
            : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? throw new InvalidOperationException("Base URL is null: the server has no address yet.");
        return At(host.TrimEnd('/'), hub);
    }

    public ManagementLinks Links(string hub, HttpRequest request) => At($"{request.Scheme}://{request.Host}", hub);

    private ManagementLinks At(string authority, string hub)
    {
        var query = $"taskHub={hub}&connection=Storage";
        if (keys.SystemKey($"{ManagementWebhook.WebhookName}_extension") is { } key)
            query += $"&code={Uri.EscapeDataString(key)}";
        return new ManagementLinks($"{authority}/runtime/webhooks/{ManagementWebhook.WebhookName}", query);
    }
}
