namespace ProspectOps.Tenancy;

/// <summary>Section <c>Tenancy</c>.</summary>
public sealed class TenancyOptions
{
    private const int LeastKeyBytes = 32;

    /// <summary>Base64 of at least 32 bytes under which keys are hashed before they are stored. In local mode it is made once and kept in the data folder.</summary>
    public string? HashKey { get; init; }

    /// <summary>A file for the key of tenant <c>default</c>, made on the first start; its key is good from every start on. Local mode only.</summary>
    public string? BootstrapKeyFile { get; init; }

    /// <summary>The first key of tenant <c>default</c>, whole, where there is no data folder: good at a start that finds no key that administers it, and not put back once there is one.</summary>
    public string? BootstrapKey { get; init; }

    /// <summary>Proxies in front of the app that each add the address they were called from to <c>X-Forwarded-For</c>; 0 where it is called directly, 1 on Azure Functions.</summary>
    public int ForwardedHops { get; init; }

    /// <summary>Whether <paramref name="text"/> can serve as <see cref="HashKey"/>.</summary>
    public static bool IsKey(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return true; // the data folder's
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) && length >= LeastKeyBytes;
    }
}
