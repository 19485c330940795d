using System.Reflection;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Takes one received message to its end: deleted, hidden for another attempt, or in the poison queue.</summary>
/// <remarks>What it writes at the end is never cancelled: a message that was processed must not come back because the host stops.</remarks>
internal sealed class QueueMessageProcessor(
    FunctionDescriptor function, QueueClient queue, PoisonQueue? poison, QueueSettings settings, IFunctionInvoker invoker, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan ShortestRenewal = TimeSpan.FromMinutes(1);

    private readonly bool _wantsMessage = function.TriggerParameter.ParameterType == typeof(QueueMessage);

    /// <param name="message">As received: its text is not decoded.</param>
    /// <param name="cancellationToken">Reaches the function.</param>
    /// <returns>After how long the message can be received again; null where it is not this instance's any more.</returns>
    public async Task<TimeSpan?> ProcessAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (TryDecode(message) is not { } body)
        {
            log.MessageIsNotBase64(queue.Name, message.MessageId);
            await MoveToPoisonAsync(message, message.PopReceipt);
            return null;
        }
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            await MoveToPoisonAsync(message, message.PopReceipt);
            return null;
        }

        var input = new TriggerInput
        {
            Value = _wantsMessage ? Decoded(message, body) : body,
            BindingData = new QueueBindingData(message, body),
        };
        using var renewal = new MessageRenewal(queue, message, settings.Invisibility, ShortestRenewal, clock, log);
        var hasSucceeded = await TryRunAsync(input, renewal, cancellationToken);
        if (hasSucceeded)
        {
            await IgnoringLostMessageAsync(() => queue.DeleteMessageAsync(message.MessageId, renewal.PopReceipt, CancellationToken.None));
            return null;
        }
        if (message.DequeueCount >= settings.MaxDequeueCount)
        {
            await MoveToPoisonAsync(message, renewal.PopReceipt);
            return null;
        }
        await ReleaseAsync(message, renewal.PopReceipt, settings.VisibilityTimeout);
        return settings.VisibilityTimeout;
    }

    /// <summary>Gives a message back that was not processed.</summary>
    public Task ReleaseAsync(QueueMessage message, string popReceipt, TimeSpan hiddenFor) =>
        IgnoringLostMessageAsync(() => queue.UpdateMessageAsync(message.MessageId, popReceipt, messageText: null, hiddenFor, CancellationToken.None));

    private async Task<bool> TryRunAsync(TriggerInput input, MessageRenewal renewal, CancellationToken cancellationToken)
    {
        try
        {
            var run = invoker.InvokeAsync(function, input, cancellationToken);
            await renewal.UntilAsync(run);
            await run;
            return true;
        }
        catch (Exception)
        {
            // The invoker has logged it. Here it only means: not done, try again.
            return false;
        }
    }

    /// <summary>Copy first, then delete: a crash in between leaves two, never none.</summary>
    private async Task MoveToPoisonAsync(QueueMessage message, string popReceipt)
    {
        if (poison is null)
        {
            // Stays hidden until its time lapses, as on Azure.
            log.MessageHasNoPoisonQueue(queue.Name, message.MessageId);
            return;
        }
        await poison.CopyAsync(message);
        await IgnoringLostMessageAsync(() => queue.DeleteMessageAsync(message.MessageId, popReceipt, CancellationToken.None));
        log.MessageIsPoison(queue.Name, message.MessageId, message.DequeueCount, poison.Name);
    }

    private BinaryData? TryDecode(QueueMessage message)
    {
        if (!settings.IsBase64)
            return message.Body;
        try
        {
            return new BinaryData(Convert.FromBase64String(message.Body.ToString()));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static QueueMessage Decoded(QueueMessage message, BinaryData body) => QueuesModelFactory.QueueMessage(
        message.MessageId, message.PopReceipt, body, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);

    /// <summary>Someone else has the message, or it is gone with its queue: not this instance's matter any more.</summary>
    private static async Task IgnoringLostMessageAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
        }
    }

    internal static bool IsLost(RequestFailedException e) =>
        e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch || e.ErrorCode == QueueErrorCode.QueueBeingDeleted;
}
