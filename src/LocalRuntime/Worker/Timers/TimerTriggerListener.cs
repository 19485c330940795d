using System.Reflection;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>Runs one <see cref="TimerListener"/> per timer function, while this process holds the lease.</summary>
internal sealed class TimerTriggerListener(
    IStorageConnections storage,
    SettingReferences references,
    IConfiguration configuration,
    IFunctionInvoker invoker,
    TimeProvider clock,
    ILoggerFactory logs) : ITriggerListener, IDisposable
{
    private const string Container = "azure-webjobs-hosts";
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly List<TimerListener> _listeners = [];
    private readonly Dictionary<FunctionDescriptor, string> _schedules = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Type TriggerAttributeType => typeof(TimerTriggerAttribute);

    private BlobContainerClient HostContainer => storage.Blobs().GetBlobContainerClient(Container);

    /// <summary>Keeps apart two apps that share a storage account.</summary>
    private string HostId =>
        (configuration["AzureFunctionsWebHost:hostid"] ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "host").ToLowerInvariant();

    public void Register(FunctionDescriptor function)
    {
        if (function.ResultType is not null && function.Outputs.IsEmpty)
            throw new InvalidOperationException($"Function '{function.Name}': a timer function returns void or Task, unless an output binding takes what it returns.");
        if (function.TriggerParameter.ParameterType is var type && type != typeof(TimerInfo) && type != typeof(string))
            throw new InvalidOperationException($"Function '{function.Name}': the trigger's parameter must be a TimerInfo, not {type}.");
        try
        {
            var trigger = (TimerTriggerAttribute)function.TriggerAttribute;
            var (text, zone) = (references.Resolve(trigger.Schedule), Zone());
            var schedule = TimerSchedule.Parse(text, zone);
            _schedules[function] = $"{text} ({zone.Id})";
            var isMonitored = trigger.UseMonitor && !schedule.IsWithinTheMinute(clock.GetUtcNow().UtcDateTime);
            var monitor = isMonitored ? new ScheduleMonitor(HostContainer, HostId, function.Name) : null;
            _listeners.Add(new TimerListener(function, schedule, monitor, invoker, clock, logs.CreateLogger($"Timers.{function.Name}")));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or TimeZoneNotFoundException)
        {
            throw new InvalidOperationException($"Function '{function.Name}': {e.Message}", e);
        }
    }

    public string Describe(FunctionDescriptor function) => _schedules[function];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_listeners.Count > 0)
        {
            var log = logs.CreateLogger<TimerLease>();
            var lease = new TimerLease(HostContainer, HostId, clock, log);
            _running = Task.Run(() => lease.HoldAsync(held => Task.WhenAll(_listeners.Select(listener => KeepRunningAsync(listener, log, held))), _stopping.Token), CancellationToken.None);
        }
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>One timer whose storage fails must neither end the others nor stay ended.</summary>
    private async Task KeepRunningAsync(TimerListener listener, ILogger log, CancellationToken held)
    {
        while (!held.IsCancellationRequested)
        {
            try
            {
                await listener.RunAsync(held);
            }
            catch (OperationCanceledException) when (held.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                log.TimerFailed(e);
                await Task.Delay(PauseAfterFailure, clock, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TimeZoneInfo Zone() =>
        configuration["WEBSITE_TIME_ZONE"] is { Length: > 0 } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;
}
