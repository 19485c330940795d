using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Sees every message that this process puts into a queue, whichever client does it, and wakes the queue's listener.</summary>
/// <remarks>It watches the diagnostic events of <see cref="SocketsHttpHandler"/>, which stands under every Azure client, so that neither the
/// app nor the Durable engine has to tell the runtime what it sends. The event used makes no activity and adds no header; it carries the
/// response. Should a later .NET drop it, messages are still found by polling, and a test fails.</remarks>
internal sealed class QueueWrites : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string EventName = "System.Net.Http.Response";
    private const string PathEnd = "/messages";

    private readonly ConcurrentDictionary<string, Action<TimeSpan>> _wakes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private readonly List<IDisposable> _subscriptions = [];
    private Func<object, HttpResponseMessage?>? _responseOf;

    /// <param name="queue">The queue's own address, without <c>/messages</c>.</param>
    /// <param name="wake">Called with the time after which the message can be received.</param>
    /// <returns>False if the queue is watched already.</returns>
    public bool TryWatch(Uri queue, Action<TimeSpan> wake)
    {
        if (!_wakes.TryAdd(queue.GetLeftPart(UriPartial.Path).TrimEnd('/') + PathEnd, wake))
            return false;
        lock (_gate)
        {
            if (_subscriptions.Count == 0)
                _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }
        return true;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != ListenerName)
            return;
        lock (_gate)
            _subscriptions.Add(value.Subscribe(this, static (name, _, _) => name == EventName));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != EventName || value.Value is not { } payload)
            return;
        var response = (_responseOf ??= ResponseGetter(payload.GetType()))(payload);
        if (response is not { IsSuccessStatusCode: true, RequestMessage: { RequestUri: { } uri } request } || request.Method != HttpMethod.Post)
            return;
        if (uri.AbsolutePath.EndsWith(PathEnd, StringComparison.Ordinal) && _wakes.TryGetValue(uri.GetLeftPart(UriPartial.Path), out var wake))
            wake(HiddenFor(uri.Query));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }
    }

    private static TimeSpan HiddenFor(string query)
    {
        const string Name = "visibilitytimeout=";
        var at = query.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return TimeSpan.Zero;
        var rest = query.AsSpan(at + Name.Length);
        var end = rest.IndexOf('&');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
    }

    /// <summary>The payload's type is .NET's own secret: its property is read through a delegate compiled once.</summary>
    private static Func<object, HttpResponseMessage?> ResponseGetter(Type payload)
    {
        if (payload.GetProperty("Response") is not { } property || !typeof(HttpResponseMessage).IsAssignableFrom(property.PropertyType))
            return static _ => null;
        var parameter = Expression.Parameter(typeof(object));
        var body = Expression.Property(Expression.Convert(parameter, payload), property);
        return Expression.Lambda<Func<object, HttpResponseMessage?>>(body, parameter).Compile();
    }
}
