using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.TwinApp;

/// <summary>Each says in a queue which process ran, and for what.</summary>
public sealed class TwinFunctions
{
    [Function("Tick")]
    [QueueOutput("%Ticks%")]
    public static string Tick([TimerTrigger("* * * * * *")] TimerInfo timer) => $"{Environment.ProcessId} {DateTime.UtcNow.Ticks}";

    [Function("Work")]
    [QueueOutput("%Done%")]
    public static async Task<string> Work([QueueTrigger("%Work%")] string item, CancellationToken cancellationToken)
    {
        // Long enough that one process cannot take all of them before the other has looked.
        await Task.Delay(200, cancellationToken);
        return $"{Environment.ProcessId} {item}";
    }
}
