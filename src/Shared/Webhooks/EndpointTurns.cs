using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>How much of this process each endpoint may take: requests and batches at once, requests a second. One that is slow gets one batch at a time, so that it holds up itself alone.</summary>
public sealed class EndpointTurns(IOptions<WebhooksOptions> options, TimeProvider clock)
{
    private const int MostKept = 10_000;

    // A batch of an endpoint that answers is over in less; whoever has not come in by then is put back.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(TenantId, string), EndpointTurn> _turns = new();

    /// <returns>Null where the endpoint has as much as it may: come again after <c>Wait</c>.</returns>
    public async ValueTask<(EndpointTurn? Turn, TimeSpan Wait)> TryEnterAsync(TenantId tenant, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (_turns.Count > MostKept)
            Trim();
        var turn = _turns.GetOrAdd((tenant, endpoint.EndpointId), _ => new EndpointTurn(options.Value.ConcurrencyPerEndpoint, clock));
        var deadline = clock.GetTimestamp();
        while (!turn.TryEnter())
        {
            if (turn.IsSlow || clock.GetElapsedTime(deadline) > Patience)
                return (null, turn.Reserve());
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }
        return (turn, TimeSpan.Zero);
    }

    private void Trim()
    {
        foreach (var (key, turn) in _turns)
        {
            if (turn.IsIdleFor(Idle))
                _turns.TryRemove(key, out _);
        }
    }
}
