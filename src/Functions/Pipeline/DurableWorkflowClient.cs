using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary><see cref="IWorkflowClient"/> on Durable Task. Its engines differ in what they throw, so their state is read and that decides.</summary>
internal sealed class DurableWorkflowClient(DurableTaskClient client) : IWorkflowClient
{
    public async Task StartAsync(string orchestration, string instanceId, object input, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is not null)
            return;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(new TaskName(orchestration), input, new StartOrchestrationOptions(instanceId), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Somebody else may have started it between the look and the start; then it is as was asked.
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is null)
                throw;
        }
    }

    public async Task<bool> SignalAsync(string instanceId, string signal, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(instanceId, signal, signal, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is { IsCompleted: false })
                throw;
            return false;
        }
    }

    public async Task PingAsync(CancellationToken cancellationToken) => await client.GetInstanceAsync("health", cancellation: cancellationToken);
}
