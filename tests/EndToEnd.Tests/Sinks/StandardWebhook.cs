using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ProspectOps.EndToEnd.Tests.Sinks;

/// <summary>Verifies an event as its receiver would, from the Standard Webhooks specification alone.</summary>
internal static class StandardWebhook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? Fault(IHeaderDictionary headers, byte[] body, string secret)
    {
        var id = headers["webhook-id"].ToString();
        var timestamp = headers["webhook-timestamp"].ToString();
        if (id.Length == 0 || id.Contains('.', StringComparison.Ordinal))
            return $"webhook-id is '{id}'";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return $"webhook-timestamp is '{timestamp}'";
        if ((DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return $"webhook-timestamp {timestamp} is over five minutes off";

        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = HMACSHA256.HashData(key, signed);
        var signatures = headers["webhook-signature"].ToString().Split(' ');
        return signatures.Any(signature => Matches(signature, expected)) ? null : $"webhook-signature '{headers["webhook-signature"]}' is not that of the body";
    }

    private static bool Matches(string signature, byte[] expected)
    {
        if (signature.Split(',') is not ["v1", var text])
            return false;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) && CryptographicOperations.FixedTimeEquals(buffer.AsSpan(0, length), expected);
    }
}
