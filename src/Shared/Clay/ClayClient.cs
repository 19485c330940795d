using System.Net.Http.Headers;
using ProspectOps.Webhooks;

namespace ProspectOps.Clay;

/// <summary>Posts one row to a Clay table: 5 s to connect, 15 s in all, no redirect followed, addresses inside our own network refused at each connect.</summary>
/// <remarks>Source: Clay's "Import data via webhook": one flat JSON object a request, <c>x-clay-webhook-auth</c> where the table asks for it.</remarks>
public sealed class ClayClient : IDisposable
{
    private const int MostConnections = 20;
    private const int MostAnswerBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(15);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public ClayClient(PrivateNetworkGuard guard, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(guard);
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = guard.ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = MostConnections,
            UseCookies = false,
            // A proxy would look the name up itself, behind the guard's back.
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<ClayAnswer> PostAsync(ClayConnection connection, byte[] json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WholeTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, connection.WebhookUrl) { Content = new ByteArrayContent(json) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.UserAgent.ParseAdd("ProspectOps-Clay");
            if (connection.AuthToken is { } token)
                request.Headers.TryAddWithoutValidation("x-clay-webhook-auth", token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await ReadAnswerAsync(response, limit.Token);
            return new ClayAnswer((int)response.StatusCode, null, WasSent: true, RetryAfterOf(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ClayAnswer(null, "Clay did not answer within 15 s.", WasSent: true, null);
        }
        catch (HttpRequestException e)
        {
            var connected = e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            return new ClayAnswer(null, connected ? "The connection to Clay broke." : "Clay could not be reached.", connected, null);
        }
        catch (IOException)
        {
            return new ClayAnswer(null, "The connection to Clay broke.", WasSent: true, null);
        }
    }

    public void Dispose() => _http.Dispose();

    // Read, so that the connection can be used again.
    private static async Task ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4096];
        var total = 0;
        int read;
        while (total < MostAnswerBytes && (read = await answer.ReadAsync(buffer, cancellationToken)) > 0)
            total += read;
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        var asked = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestRetryAfter.Ticks)) : null;
    }
}
