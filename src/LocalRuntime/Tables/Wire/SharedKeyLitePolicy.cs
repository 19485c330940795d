using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Signs each attempt with the account's key by the scheme SharedKeyLite for the Table service.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key.</remarks>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var uri = message.Request.Uri.ToUri();
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{Sign(date, uri)}");
    }

    /// <summary>The signature of a request: Base64 of HMAC-SHA256 over the date, a line feed and the canonical resource.</summary>
    /// <remarks>
    /// The resource is the account and then the path as it is sent. On the emulator the path begins with the account too, so that
    /// it stands there twice.
    /// </remarks>
    internal string Sign(string date, Uri uri)
    {
        var text = $"{date}\n/{credential.AccountName}{uri.AbsolutePath}{Component(uri.Query)}";
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(credential.Key, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }

    private static string Component(string query)
    {
        const string Name = "comp=";
        foreach (var range in query.AsSpan().TrimStart('?').Split('&'))
        {
            var part = query.AsSpan().TrimStart('?')[range];
            if (part.StartsWith(Name, StringComparison.Ordinal))
                return $"?{part}";
        }
        return "";
    }
}
