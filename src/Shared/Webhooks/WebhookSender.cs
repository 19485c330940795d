using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Signing;

namespace ProspectOps.Webhooks;

/// <summary>Posts one signed event: 5 s to connect, 15 s in all, no redirect followed, 16 KB of the answer read.</summary>
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
            MaxConnectionsPerServer = options.Value.ConcurrencyPerEndpoint * 2,
            UseCookies = false,
            // A proxy would look the name up itself, behind the guard's back.
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<AttemptResult> PostAsync(WebhookEndpoint endpoint, PlannedEvent planned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(planned);
        var at = _clock.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WholeTimeout);
        try
        {
            using var request = Request(endpoint, planned, at);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await ReadAnswerAsync(response, limit.Token);
            return new AttemptResult(at, (int)response.StatusCode, Elapsed(started), null, RetryAfterOf(response.Headers.RetryAfter, at));
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

    private static HttpRequestMessage Request(WebhookEndpoint endpoint, PlannedEvent planned, DateTimeOffset at)
    {
        if (!WebhookSecret.TryParse(endpoint.Secret, out var secret))
            throw new InvalidDataException("An endpoint's secret cannot be read.");
        var body = Encoding.UTF8.GetBytes(planned.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("ProspectOps-Webhooks");
        request.Headers.Add("webhook-id", planned.EventId);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secret!.Sign(planned.EventId, at, body));
        return request;
    }

    // Read, so that the connection can be used again; no further than an honest receiver goes.
    private static async Task ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4096];
        var total = 0;
        int read;
        while (total < MostAnswerBytes && (read = await answer.ReadAsync(buffer, cancellationToken)) > 0)
            total += read;
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
        HttpRequestError.SecureConnectionError => "the certificate was not accepted",
        _ => "the request failed",
    };

    private static double Elapsed(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
