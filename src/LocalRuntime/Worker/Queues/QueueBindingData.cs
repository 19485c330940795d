using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Storage.Queues.Models;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>What a message brings besides its body, and the top-level properties of a JSON body, which win. Made when first asked for.</summary>
internal sealed class QueueBindingData(QueueMessage message, BinaryData body) : IReadOnlyDictionary<string, object?>
{
    private readonly Lazy<Dictionary<string, object?>> _data = new(() => Read(message, body));

    public int Count => _data.Value.Count;

    public IEnumerable<string> Keys => _data.Value.Keys;

    public IEnumerable<object?> Values => _data.Value.Values;

    public object? this[string key] => _data.Value[key];

    public bool ContainsKey(string key) => _data.Value.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _data.Value.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _data.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Dictionary<string, object?> Read(QueueMessage message, BinaryData body)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = body.ToString(),
            ["DequeueCount"] = message.DequeueCount,
            ["Id"] = message.MessageId,
            ["PopReceipt"] = message.PopReceipt,
            ["InsertionTime"] = message.InsertedOn,
            ["ExpirationTime"] = message.ExpiresOn,
            ["NextVisibleTime"] = message.NextVisibleOn,
        };
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in document.RootElement.EnumerateObject())
                    data[property.Name] = property.Value.ValueKind == JsonValueKind.Null ? null : property.Value.ToString();
            }
        }
        catch (JsonException)
        {
            // A body that is no JSON brings no properties.
        }
        return data;
    }
}
