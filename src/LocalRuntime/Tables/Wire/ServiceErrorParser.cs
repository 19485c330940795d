using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Reads code and message of <c>{"odata.error":{"code":…,"message":{"value":…}}}</c>.</summary>
internal sealed class ServiceErrorParser : RequestFailedDetailsParser
{
    public static ServiceErrorParser Instance { get; } = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        if (response.ContentStream is null || response.Content.ToMemory() is not { Length: > 0 } body)
            return false;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("odata.error", out var node))
                return false;
            var code = node.TryGetProperty("code", out var codeNode) ? codeNode.GetString() : null;
            var message = node.TryGetProperty("message", out var text) && text.TryGetProperty("value", out var value) ? value.GetString() : null;
            error = new ResponseError(code, message);
            if (FailedIndex(message) is { } index)
                data = new Dictionary<string, string> { [TableTransactionFailedException.FailedIndexKey] = index.ToString(CultureInfo.InvariantCulture) };
            return true;
        }
        catch (JsonException)
        {
            return false; // A proxy's page, not the service's answer.
        }
    }

    /// <summary>A refusal inside a transaction reads "3:The specified entity already exists."; 3 is the action's index.</summary>
    private static int? FailedIndex(string? message)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
