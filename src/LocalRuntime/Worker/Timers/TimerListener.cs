using System.Reflection;
using System.Text.Json;
using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>Runs one timer function, one run after the other, while this process holds the timers.</summary>
internal sealed class TimerListener(
    FunctionDescriptor function, TimerSchedule schedule, ScheduleMonitor? monitor, IFunctionInvoker invoker, TimeProvider clock, ILogger log)
{
    // A machine that slept, or whose clock was set, is noticed within this time; it also keeps waits of months within what a timer can do.
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(30);

    private readonly bool _runsOnStartup = ((TimerTriggerAttribute)function.TriggerAttribute).RunOnStartup;
    private readonly bool _wantsJson = function.TriggerParameter.ParameterType == typeof(string);
    private readonly RetryAttribute? _retry = function.Method.GetCustomAttribute<RetryAttribute>();
    private bool _hasRunOnStartup;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = await StartAsync(cancellationToken);
        var status = start.Status;
        if (start.IsPastDue)
            status = await FireAsync(status, isPastDue: true, isScheduled: false, cancellationToken);
        else if (_runsOnStartup && !_hasRunOnStartup)
            status = await FireAsync(status, isPastDue: false, isScheduled: false, cancellationToken);
        _hasRunOnStartup = true;

        while (!cancellationToken.IsCancellationRequested)
        {
            await WaitUntilAsync(status.Next, cancellationToken);
            status = await FireAsync(status, isPastDue: false, isScheduled: true, cancellationToken);
        }
    }

    private async Task<TimerStart> StartAsync(CancellationToken cancellationToken)
    {
        if (monitor is null)
            return TimerStart.From(stored: null, schedule, Now);
        var start = TimerStart.From(await monitor.ReadAsync(cancellationToken), schedule, Now);
        if (start.MustWrite)
            await monitor.WriteAsync(start.Status, cancellationToken);
        return start;
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken cancellationToken)
    {
        for (var left = due - Now; left > TimeSpan.Zero; left = due - Now)
            await Task.Delay(left < LongestNap ? left : LongestNap, clock, cancellationToken);
    }

    private async Task<ScheduleStatus> FireAsync(ScheduleStatus status, bool isPastDue, bool isScheduled, CancellationToken cancellationToken)
    {
        var startedAt = Now;
        await RunFunctionAsync(new TimerInfo { ScheduleStatus = monitor is null ? null : status, IsPastDue = isPastDue }, cancellationToken);

        // Fired a hair early, the next occurrence counted from its start would be the same one again.
        var last = isScheduled && status.Next > startedAt ? status.Next : startedAt;
        // An occurrence that passed while the function ran is skipped.
        var next = schedule.Next(last);
        if (next <= Now)
            next = schedule.Next(Now);
        var after = new ScheduleStatus { Last = last, Next = schedule.Next(last), LastUpdated = last };
        await RememberAsync(after);
        after.Next = next;
        return after;
    }

    private async Task RunFunctionAsync(TimerInfo timer, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                var input = new TriggerInput
                {
                    Value = _wantsJson ? JsonSerializer.Serialize(timer) : timer,
                    RetryCount = failures,
                    MaxRetryCount = _retry?.MaxRetryCount ?? 0,
                };
                await invoker.InvokeAsync(function, input, cancellationToken);
                return;
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested && RetryDelay.After(_retry, failures + 1) is not null)
            {
                failures++;
            }
            catch (Exception)
            {
                // The invoker has logged it. The schedule goes on: a timer's failed run is not made up for.
                return;
            }
            await Task.Delay(RetryDelay.After(_retry, failures)!.Value, clock, cancellationToken);
        }
    }

    /// <summary>Not cancelled by a stop: the run is over, and forgetting it would repeat it at the next start.</summary>
    private async Task RememberAsync(ScheduleStatus status)
    {
        if (monitor is null)
            return;
        try
        {
            await monitor.WriteAsync(status, CancellationToken.None);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
        {
            log.StatusWasNotWritten(function.Name, e);
        }
    }
}
