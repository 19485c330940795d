using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Where messages go that cannot be processed: <c>{queue}-poison</c>, made when first needed.</summary>
internal sealed class PoisonQueue(QueueClient poison)
{
    private const string Suffix = "-poison";
    private const int MaxNameLength = 63;

    /// <returns>Null for a queue that is itself a poison queue, or whose name has no room for the suffix.</returns>
    public static PoisonQueue? Of(QueueServiceClient service, string queueName) =>
        queueName.EndsWith(Suffix, StringComparison.Ordinal) || queueName.Length + Suffix.Length > MaxNameLength
            ? null
            : new PoisonQueue(service.GetQueueClient(queueName + Suffix));

    public string Name => poison.Name;

    /// <summary>Copies the text as it came. The copy gets a new id and lives 7 days.</summary>
    public async Task CopyAsync(QueueMessage message)
    {
        try
        {
            await poison.SendMessageAsync(message.Body, cancellationToken: CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(message.Body, cancellationToken: CancellationToken.None);
        }
    }
}
