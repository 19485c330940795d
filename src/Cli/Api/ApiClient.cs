using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ProspectOps.Cli.Api;

/// <summary>The calls of the HTTP contract that the command line makes.</summary>
/// <remarks>Every call may be repeated: reads by nature, writes by their <c>Idempotency-Key</c>. So a restart of the app,
/// a lost reply or a rate limit only costs time.</remarks>
internal sealed class ApiClient : IDisposable
{
    /// <summary>For an address that a person typed: wrong ones should not take a minute to say so.</summary>
    public static readonly TimeSpan ShortFirstPatience = TimeSpan.FromSeconds(3);

    /// <summary>Longer than a restart of the app or a deployment takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly Action<string> _note;
    private readonly TimeSpan _firstPatience;
    private bool _hasAnswered;

    /// <param name="address">With or without <c>/api</c> at its end.</param>
    public ApiClient(Uri address, string apiKey, TimeSpan firstPatience, Action<string> note)
    {
        _firstPatience = firstPatience;
        var text = address.AbsoluteUri.TrimEnd('/');
        Address = new Uri((text.EndsWith("/api", StringComparison.Ordinal) ? text : text + "/api") + "/");
        _note = note;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = Address,
            Timeout = Timeout.InfiniteTimeSpan,     // an upload or an export takes as long as it takes
        };
        _http.DefaultRequestHeaders.Add("X-API-Key", apiKey);
    }

    public Uri Address { get; }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), ReadJsonAsync, cancellationToken);

    /// <returns>What is answered; nothing where there is no body.</returns>
    public Task<JsonElement?> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), async (response, token) => response.StatusCode == System.Net.HttpStatusCode.NoContent ? null : (JsonElement?)await ReadJsonAsync(response, token), cancellationToken);

    public async Task<WorkflowView> WorkflowAsync(string id, CancellationToken cancellationToken) =>
        WorkflowView.Of(await GetAsync($"workflows/{Uri.EscapeDataString(id)}", cancellationToken));

    /// <summary>Every page of a list, as it is read.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}{separator}limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            foreach (var item in page.Items("items"))
                yield return item;
            cursor = page.Text("nextCursor") is { Length: > 0 } next ? next : null;
        }
        while (cursor is not null);
    }

    public Task<JsonElement> UploadAsync(string file, CancellationToken cancellationToken) => PostFileAsync("uploads", file, cancellationToken);

    /// <summary>Sends a file as it is on disk; its size does not matter.</summary>
    public Task<JsonElement> PostFileAsync(string path, string file, CancellationToken cancellationToken)
    {
        var key = NewIdempotencyKey();
        return SendAsync(Request, ReadJsonAsync, cancellationToken);

        HttpRequestMessage Request()
        {
            var content = new StreamContent(File.OpenRead(file));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { { "Idempotency-Key", key } } };
        }
    }

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        var key = NewIdempotencyKey();
        var json = JsonSerializer.Serialize(body);
        return SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        }, ReadJsonAsync, cancellationToken);
    }

    /// <summary>For methods that may be repeated without a key.</summary>
    public Task<JsonElement> SendJsonAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) => SendAsync(
        () => new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") }, ReadJsonAsync, cancellationToken);

    /// <summary>Copies a reply as it comes in. A reply that breaks off is begun again where the target can be.</summary>
    /// <param name="seen">Is shown the reply's headers before its body is copied.</param>
    public Task DownloadAsync(string path, Stream target, CancellationToken cancellationToken, Action<HttpResponseHeaders>? seen = null)
    {
        return SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), CopyAsync, cancellationToken);

        async Task<bool> CopyAsync(HttpResponseMessage reply, CancellationToken token)
        {
            seen?.Invoke(reply.Headers);
            if (target.CanSeek)
                target.SetLength(0);
            await using var body = await reply.Content.ReadAsStreamAsync(token);
            try
            {
                await body.CopyToAsync(target, token);
                return true;
            }
            catch (IOException e) when (!target.CanSeek)
            {
                throw new CommandFailedException($"The reply broke off ({e.Message}); what was printed is not the whole.");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static string NewIdempotencyKey() => $"cli-{Guid.CreateVersion7():N}";

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var body = await reply.Content.ReadAsStringAsync(cancellationToken);
        if (body.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{reply.RequestMessage?.RequestUri} answered something that is not JSON. Is this ProspectOps?");
        }
    }

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(100);
        var told = false;
        while (true)
        {
            CallFailure failure;
            try
            {
                using var message = request();
                using var reply = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                _hasAnswered = true;
                if (reply.IsSuccessStatusCode)
                    return await read(reply, cancellationToken);
                failure = CallFailure.Of(reply, await reply.Content.ReadAsStringAsync(cancellationToken));
            }
            catch (HttpRequestException e)
            {
                failure = CallFailure.Of(e);
            }
            catch (IOException e) when (e is HttpIOException or { InnerException: SocketException })
            {
                failure = CallFailure.BrokenOff;
            }

            if (failure.IsFinal || started.Elapsed > (_hasAnswered ? Patience : _firstPatience))
                throw failure.ToException(Address);
            if (!told && started.Elapsed > TimeSpan.FromSeconds(2))
            {
                told = true;
                _note($"Waiting for {Address} ({failure.Reason}) …");
            }
            await Task.Delay(failure.After ?? pause, cancellationToken);
            pause = TimeSpan.FromSeconds(Math.Min(2, pause.TotalSeconds * 2));
        }
    }
}
