using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Whose <c>X-Forwarded-*</c> headers are believed: this machine's, and those of <c>LocalRuntime:TrustedProxies</c>. On Azure the front end's are.</summary>
internal static class TrustedProxies
{
    private const string Setting = "LocalRuntime:TrustedProxies";

    public static void Apply(ForwardedHeadersOptions options, IConfiguration configuration, StartupProblems problems)
    {
        options.ForwardedHeaders = ForwardedHeaders.All;
        foreach (var text in (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network))
                options.KnownIPNetworks.Add(network);
            else
                problems.Add($"Setting {Setting} must be addresses or networks such as 10.0.0.0/8, separated by commas, not \"{text}\".");
        }
    }
}
