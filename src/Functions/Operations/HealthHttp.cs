using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Research;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Functions.Operations;

public sealed class HealthHttp(IStorage storage, AgentService agents, DnsHealth dns, SmtpReach smtp, TimeProvider clock, ILogger<HealthHttp> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly string Version = typeof(HealthHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    [Function("GetHealth")]
    [Open]
    public async Task<IResult> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var tables = CheckAsync("tables", token => storage.PingAsync(StorageKind.Tables, token), cancellationToken);
        var blobs = CheckAsync("blobs", token => storage.PingAsync(StorageKind.Blobs, token), cancellationToken);
        var queues = CheckAsync("queues", token => storage.PingAsync(StorageKind.Queues, token), cancellationToken);
        var orchestrations = CheckAsync("orchestrations", token => new DurableWorkflowClient(client).PingAsync(token), cancellationToken);
        HealthCheck[] vital = await Task.WhenAll(tables, blobs, queues, orchestrations);
        var resolver = !dns.IsPaused
            ? new HealthCheck("healthy", 0, "The resolver answers, or has not been asked yet.")
            : new HealthCheck("degraded", 0, "The resolver does not answer: verdicts say dns_unreachable.");
        var health = new
        {
            status = vital.Any(check => check.Status == "unhealthy") ? "unhealthy" : resolver.Status == "degraded" ? "degraded" : "healthy",
            version = Version,
            uptimeSeconds = (long)(clock.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds,
            checks = new
            {
                tables = vital[0],
                blobs = vital[1],
                queues = vital[2],
                orchestrations = vital[3],
                llm = new HealthCheck("healthy", 0, $"No model is set: {agents.Source} do research, analysis and content."),
                dns = resolver,
                // A closed port is where most machines stand, and the verdicts say so themselves: it does not degrade the whole.
                smtp = new HealthCheck(smtp.State == ReachState.Closed ? "degraded" : "healthy", smtp.LatencyMs, smtp.Detail),
            },
        };
        return Replies.Json(health, health.status == "unhealthy" ? 503 : 200);
    }

    [Function("GetLiveness")]
    [Open]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => Replies.Ok(new { status = "alive" });

    private async Task<HealthCheck> CheckAsync(string name, Func<CancellationToken, Task> ping, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            await ping(limit.Token);
            return new HealthCheck("healthy", Milliseconds(started), null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.HealthCheckFailed(e, name);
            return new HealthCheck("unhealthy", Milliseconds(started), e is OperationCanceledException ? $"No answer within {Patience.TotalSeconds} s." : "The call failed; the log says why.");
        }
    }

    private double Milliseconds(long started) => Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1);
}
