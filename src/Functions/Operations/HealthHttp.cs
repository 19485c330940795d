using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using ProspectOps.Functions.OpenApi;
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

    [Function("GetHealth")]
    [Open]
    [Operation("Says how the installation is; only storage and orchestrations make it unhealthy.")]
    [Answers(200, typeof(HealthView))]
    [Answers(503, typeof(HealthView), When = "Storage or orchestrations do not work.")]
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
        var status = vital.Any(check => check.Status == "unhealthy") ? "unhealthy" : resolver.Status == "degraded" ? "degraded" : "healthy";
        var uptime = (long)(clock.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds;
        var model = new HealthCheck("healthy", 0, $"No model is set: {agents.Source} do research, analysis and content.");
        // A closed port is where most machines stand, and the verdicts say so themselves: it does not degrade the whole.
        var mail = new HealthCheck(smtp.State == ReachState.Closed ? "degraded" : "healthy", smtp.LatencyMs, smtp.Detail);
        var health = new HealthView(status, AppVersion.Text, uptime, new HealthChecks(vital[0], vital[1], vital[2], vital[3], model, resolver, mail));
        return Replies.Json(health, status == "unhealthy" ? 503 : 200);
    }

    [Function("GetLiveness")]
    [Open]
    [Operation("Says that the process runs; touches nothing.")]
    [Answers(200, typeof(LivenessView))]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => Replies.Ok(new LivenessView("alive"));

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
