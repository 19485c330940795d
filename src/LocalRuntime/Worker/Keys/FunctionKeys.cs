using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Keys;

/// <summary>The keys of settings <c>LocalRuntime:Keys:{name}</c>, where a name is <c>master</c>, <c>default</c> (every function),
/// a function's, or a system key's, which ends in <c>_extension</c>. Read once at start.</summary>
/// <remarks>Precedence and levels are those of the Functions host's AuthenticationLevelHandler.</remarks>
internal sealed class FunctionKeys : IFunctionKeys
{
    public const string RequireKeysSetting = "LocalRuntime:RequireKeys";
    private const string KeysSection = "LocalRuntime:Keys";
    private const string Master = "master";
    private const string Default = "default";
    private const string SystemSuffix = "_extension";
    private const string Header = "x-functions-key";
    private const string QueryParameter = "code";

    private readonly Dictionary<string, byte[]> _keys;
    private readonly bool _areRequired;

    public FunctionKeys(IConfiguration configuration)
    {
        // Anything but an explicit "false" leaves the doors shut; a mistyped value is refused at start.
        _areRequired = !(bool.TryParse(configuration[RequireKeysSetting], out var required) && !required);
        _keys = configuration.GetSection(KeysSection).GetChildren()
            .Where(key => !string.IsNullOrWhiteSpace(key.Value))
            .ToDictionary(key => key.Key, key => Encoding.UTF8.GetBytes(key.Value!), StringComparer.OrdinalIgnoreCase);
    }

    public bool AreRequired => _areRequired;

    /// <summary>Whether any key at all opens a function of this level. One that none opens answers 401 to everybody.</summary>
    public bool CanBeCalled(string function, AuthorizationLevel level) => !_areRequired || level switch
    {
        AuthorizationLevel.Anonymous => true,
        AuthorizationLevel.Function => _keys.ContainsKey(Master) || _keys.ContainsKey(Default) || _keys.ContainsKey(function),
        AuthorizationLevel.System => _keys.ContainsKey(Master) || _keys.Keys.Any(IsSystem),
        _ => _keys.ContainsKey(Master),
    };

    /// <summary>Whether the request may call the function.</summary>
    public bool Allows(HttpRequest request, string function, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous || !_areRequired)
            return true;
        return PresentedBy(request) is { } presented && (Is(Master, presented) || level switch
        {
            AuthorizationLevel.Function => Is(Default, presented) || Is(function, presented),
            AuthorizationLevel.System => _keys.Keys.Where(IsSystem).Any(name => Is(name, presented)),
            _ => false,
        });
    }

    public bool HasSystemKey(HttpRequest request, string name)
    {
        if (!_areRequired)
            return true;
        return PresentedBy(request) is { } presented
            && (Is(Master, presented) || (SystemKey(name) is { } key && AreEqual(Encoding.UTF8.GetBytes(key), presented)));
    }

    public string? SystemKey(string name)
    {
        if (_keys.TryGetValue(name, out var key))
            return Encoding.UTF8.GetString(key);
        return _keys.TryGetValue(Master, out var master)
            ? Convert.ToHexStringLower(HMACSHA256.HashData(master, Encoding.UTF8.GetBytes(name)))
            : null;
    }

    /// <summary>The header wins over the query, also when it holds a wrong key.</summary>
    private static byte[]? PresentedBy(HttpRequest request)
    {
        var values = request.Headers.TryGetValue(Header, out var header) ? header : request.Query[QueryParameter];
        return values.Count > 0 && values[0] is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : null;
    }

    private static bool IsSystem(string name) => name.EndsWith(SystemSuffix, StringComparison.OrdinalIgnoreCase);

    private bool Is(string name, byte[] presented) => _keys.TryGetValue(name, out var key) && AreEqual(key, presented);

    // Over digests, so that the time taken tells neither content nor length.
    private static bool AreEqual(byte[] key, byte[] presented) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), SHA256.HashData(presented));
}
