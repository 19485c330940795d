namespace Azure.Data.Tables;

/// <summary>Where the Table service of an account is, and the account's key.</summary>
internal sealed record ConnectionString(Uri TableEndpoint, TableSharedKeyCredential Credential)
{
    // The emulator's published account and key, the same on every machine: no secret.
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Understands <c>UseDevelopmentStorage=true</c>, and account name and key with a table endpoint or an endpoint suffix.</summary>
    /// <exception cref="InvalidOperationException">A setting is malformed, or one is missing.</exception>
    public static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var development) && bool.TryParse(development, out var use) && use)
            return new(new($"http://127.0.0.1:10002/{DevelopmentAccount}"), new(DevelopmentAccount, DevelopmentKey));

        if (!settings.TryGetValue("AccountName", out var account) || !settings.TryGetValue("AccountKey", out var key))
            throw new InvalidOperationException("The connection string needs AccountName and AccountKey, or UseDevelopmentStorage=true.");
        var endpoint = settings.GetValueOrDefault("TableEndpoint")
            ?? $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            ? new(uri, new(account, key))
            : throw new InvalidOperationException("The connection string's TableEndpoint is no absolute URI.");
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new InvalidOperationException("Settings of a connection string have the form name=value, separated by semicolons.");
            settings[part[..equals]] = part[(equals + 1)..];
        }
        return settings;
    }
}
