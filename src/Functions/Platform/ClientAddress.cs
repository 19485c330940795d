using System.Net;
using Microsoft.AspNetCore.Http;

namespace ProspectOps.Functions.Platform;

/// <summary>Where a request came from.</summary>
internal static class ClientAddress
{
    /// <param name="forwardedHops">Proxies in front of us. Each adds the address that it was called from at the end of <c>X-Forwarded-For</c>; what stands before those, the caller may have made up.</param>
    /// <returns>Null where it is not known.</returns>
    public static IPAddress? Of(HttpContext http, int forwardedHops)
    {
        if (forwardedHops == 0)
            return http.Connection.RemoteIpAddress;
        var entries = http.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // With its port, as Azure's front ends write it; IPv6 then stands in brackets.
        return entries.Length >= forwardedHops && IPEndPoint.TryParse(entries[^forwardedHops], out var address) ? address.Address : null;
    }
}
