using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Keeps a message hidden from others for as long as its function runs.</summary>
internal sealed class MessageRenewal(
    QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeSpan shortestPause, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>The newest receipt: each renewal makes the one before it worthless.</summary>
    public string PopReceipt { get; private set; } = message.PopReceipt;

    /// <summary>Renews at half the time until the run ends; returns then, whatever its outcome.</summary>
    public async Task UntilAsync(Task run)
    {
        var half = invisibility / 2;
        var pause = half;
        while (!run.IsCompleted)
        {
            var lapse = Task.Delay(pause, clock, _ended.Token);
            if (await Task.WhenAny(run, lapse) == run)
                return;
            try
            {
                var receipt = await queue.UpdateMessageAsync(message.MessageId, PopReceipt, messageText: null, invisibility, CancellationToken.None);
                PopReceipt = receipt.Value.PopReceipt;
                pause = half;
            }
            catch (RequestFailedException e) when (QueueMessageProcessor.IsLost(e))
            {
                log.MessageWasLost(queue.Name, message.MessageId);
                await Task.WhenAny(run);
            }
            catch (Exception)
            {
                // Whatever it is, the function runs on, and its message must not be given to another run meanwhile.
                // Likely to pass: sooner than usual, so that the message is still hidden, and not so soon as to add to the trouble.
                pause = TimeSpan.FromTicks(Math.Max(pause.Ticks / 2, Math.Min(shortestPause.Ticks, half.Ticks / 2)));
            }
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }
}
