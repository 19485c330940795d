using System.Text;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

public static class QueueFunctions
{
    public sealed record Order(int Number, string? Name);

    public sealed class Text(Received received)
    {
        [Function("Text")]
        public Task Run([QueueTrigger("%InputQueue%")] string text, CancellationToken cancellationToken) => received.HandleAsync(text, cancellationToken);
    }

    public sealed class Poco(Received received)
    {
        [Function("Poco")]
        public Task Run([QueueTrigger("%InputQueue%")] Order? order, int dequeueCount, string? name) =>
            received.HandleAsync($"{order?.ToString() ?? "null"} {dequeueCount} {name}", CancellationToken.None);
    }

    public sealed class Bytes(Received received)
    {
        [Function("Bytes")]
        public Task Run([QueueTrigger("%InputQueue%")] byte[] bytes) => received.HandleAsync(Encoding.UTF8.GetString(bytes), CancellationToken.None);
    }

    public sealed class Binary(Received received)
    {
        [Function("Binary")]
        public Task Run([QueueTrigger("%InputQueue%")] BinaryData data) => received.HandleAsync(data.ToString(), CancellationToken.None);
    }

    public sealed class Whole(Received received)
    {
        [Function("Whole")]
        public Task Run([QueueTrigger("%InputQueue%")] QueueMessage message, FunctionContext context) =>
            received.HandleAsync($"{message.Body} {message.DequeueCount} {Equals(context.BindingContext.BindingData["id"], message.MessageId)}", CancellationToken.None);
    }

    public sealed class Missing
    {
        [Function("Missing")]
        public void Run([QueueTrigger("%NoSuchSetting%")] string text)
        {
        }
    }
}
