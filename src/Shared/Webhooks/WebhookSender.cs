using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace ProspectOps.Webhooks;

/// <summary>Posts one signed event: 5 s to connect, 15 s in all, no redirect followed, 16 KB of the answer kept.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int MostAnswerBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookSender(PrivateNetworkGuard guard, IOptions<WebhooksOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = guard.ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            // Old connections go, so that a receiver who moves is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Endpoints have bounds of their own; one that hangs must not use up what others at the same host need.
            MaxConnectionsPerServer = options.Value.ConcurrencyPerEndpoint * 32,
            UseCookies = false,
            // A proxy would look the name up itself, behind the guard's back.
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <param name="attempt">Which one this is of the delivery.</param>
    /// <param name="isReplay">Whether the event was delivered, or tried, before.</param>
    public async Task<AttemptResult> PostAsync(WebhookEndpoint endpoint, PlannedEvent planned, CancellationToken cancellationToken, int attempt = 1, bool isReplay = false)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(planned);
        var at = _clock.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WholeTimeout);
        try
        {
            using var request = Request(endpoint, planned, at, attempt, isReplay);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answer = await ReadAnswerAsync(response, limit.Token);
            return new AttemptResult(at, (int)response.StatusCode, Elapsed(started), null, RetryAfterOf(response.Headers.RetryAfter, at)) { Answer = answer };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptResult(at, null, Elapsed(started), "no answer within 15 s", null);
        }
        catch (HttpRequestException e)
        {
            return new AttemptResult(at, null, Elapsed(started), Describe(e), null);
        }
        catch (IOException)
        {
            return new AttemptResult(at, null, Elapsed(started), "the connection broke", null);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(WebhookEndpoint endpoint, PlannedEvent planned, DateTimeOffset at, int attempt, bool isReplay)
    {
        var body = Encoding.UTF8.GetBytes(planned.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("ProspectOps-Webhooks");
        foreach (var (name, value) in endpoint.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in WebhookSignatures.Of(endpoint, planned.EventId, at, body))
            request.Headers.Add(name, value);
        request.Headers.Add("webhook-attempt", attempt.ToString(CultureInfo.InvariantCulture));
        if (isReplay)
            request.Headers.Add("webhook-replay", "true");
        return request;
    }

    // Read, so that the connection can be used again; no further than an honest receiver goes.
    private static async Task<string?> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(MostAnswerBytes);
        try
        {
            var total = 0;
            int read;
            while (total < MostAnswerBytes && (read = await answer.ReadAsync(buffer.AsMemory(total, MostAnswerBytes - total), cancellationToken)) > 0)
                total += read;
            return total == 0 ? null : Encoding.UTF8.GetString(buffer, 0, total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > now => date - now,
        _ => null,
    };

    private static string Describe(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name could not be resolved",
        // What the guard says comes wrapped.
        HttpRequestError.ConnectionError => e.InnerException is HttpRequestException refused ? refused.Message : "the connection was refused",
        HttpRequestError.ResponseEnded => "the connection broke",
        HttpRequestError.SecureConnectionError => "the certificate was not accepted",
        _ => "the request failed",
    };

    private static double Elapsed(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
