using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Sends what functions return to queues: text and bytes as they are, other values as JSON, an array as one message per element.</summary>
internal sealed class QueueOutput(QueueSource queues, QueueSettings settings, IOptions<WorkerOptions> options) : IOutputBinding
{
    private readonly ConcurrentDictionary<Uri, QueueClient> _clients = [];

    public Type AttributeType => typeof(QueueOutputAttribute);

    public Func<object, CancellationToken, Task> Create(OutputBindingAttribute attribute)
    {
        var output = (QueueOutputAttribute)attribute;
        var queue = queues.Find(output.QueueName, output.Connection);
        queue = _clients.GetOrAdd(queue.Uri, queue);
        return async (value, cancellationToken) =>
        {
            foreach (var message in MessagesOf(value))
                await SendAsync(queue, message, cancellationToken);
        };
    }

    private IEnumerable<BinaryData> MessagesOf(object value) => value switch
    {
        string text => [BinaryData.FromString(text)],
        byte[] bytes => [new BinaryData(bytes)],
        BinaryData data => [data],
        IEnumerable<string?> texts => texts.Where(text => text is not null).Select(text => BinaryData.FromString(text!)),
        IEnumerable<byte[]?> many => many.Where(bytes => bytes is not null).Select(bytes => new BinaryData(bytes!)),
        IEnumerable<BinaryData?> many => many.Where(data => data is not null).Select(data => data!),
        _ => MessagesOfJson(value),
    };

    /// <summary>By what the JSON is and not by what the value is, as on Azure: a dictionary is one object, a list is many.</summary>
    private List<BinaryData> MessagesOfJson(object value)
    {
        var serializer = options.Value.Serializer ?? throw new InvalidOperationException("WorkerOptions.Serializer is not set.");
        var json = serializer.Serialize(value, value.GetType(), CancellationToken.None);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Where(element => element.ValueKind != JsonValueKind.Null).Select(MessageOf)]
            : [MessageOf(document.RootElement)];
    }

    private static BinaryData MessageOf(JsonElement element) =>
        BinaryData.FromString(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());

    private async Task SendAsync(QueueClient queue, BinaryData message, CancellationToken cancellationToken)
    {
        var text = settings.IsBase64 ? BinaryData.FromString(Convert.ToBase64String(message)) : message;
        try
        {
            await queue.SendMessageAsync(text, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await queue.SendMessageAsync(text, cancellationToken: cancellationToken);
        }
    }
}
