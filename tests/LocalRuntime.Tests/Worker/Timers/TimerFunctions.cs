using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

public static class TimerFunctions
{
    public sealed class Runs
    {
        public ConcurrentQueue<TimerInfo> All { get; } = [];

        /// <summary>Stopwatch ticks of the first.</summary>
        public long? FirstAt { get; private set; }

        public int FailuresLeft { get; set; }

        public void Add(TimerInfo timer)
        {
            FirstAt ??= Stopwatch.GetTimestamp();
            All.Enqueue(timer);
            if (FailuresLeft-- > 0)
                throw new InvalidOperationException("no");
        }
    }

    public sealed class Scheduled(Runs runs)
    {
        [Function("Scheduled")]
        public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => runs.Add(timer);
    }

    public sealed class Retried(Runs runs)
    {
        [Function("Retried")]
        [FixedDelayRetry(2, "00:00:00.05")]
        public void Run([TimerTrigger("%Schedule%", RunOnStartup = true)] TimerInfo timer, FunctionContext context) => runs.Add(timer);
    }
}
