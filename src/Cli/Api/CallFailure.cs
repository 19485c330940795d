using System.Net;

namespace ProspectOps.Cli.Api;

/// <summary>One try that failed: whether another may succeed, and when.</summary>
internal sealed class CallFailure
{
    private readonly Problem? _problem;

    private CallFailure(string reason, bool isFinal, TimeSpan? after, Problem? problem) =>
        (Reason, IsFinal, After, _problem) = (reason, isFinal, after, problem);

    /// <summary>The server went away in the middle of its reply.</summary>
    public static CallFailure BrokenOff { get; } = new("the reply broke off", isFinal: false, null, null);

    public string Reason { get; }

    public bool IsFinal { get; }

    /// <summary>The pause that the server asked for.</summary>
    public TimeSpan? After { get; }

    public static CallFailure Of(HttpRequestException exception) =>
        new(exception.HttpRequestError is HttpRequestError.ConnectionError ? "connection refused" : exception.Message,
            isFinal: exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError, null, null);

    public static CallFailure Of(HttpResponseMessage reply, string body)
    {
        var requestId = reply.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : "";
        var problem = Problem.Parse((int)reply.StatusCode, reply.ReasonPhrase ?? "Error", body, requestId);
        // A rate limit passes within a minute; a quota may last the month.
        var mayPass = (int)reply.StatusCode >= 500
            || (reply.StatusCode == HttpStatusCode.TooManyRequests && problem.Code != "quota_exceeded")
            || problem.Code == "idempotency_in_progress";
        var after = reply.Headers.RetryAfter?.Delta;
        return new($"{(int)reply.StatusCode} {problem.Title}", !mayPass, after, problem);
    }

    public Exception ToException(Uri address) => _problem is not null
        ? new ApiException(_problem)
        : new CommandFailedException($"{address} does not answer ({Reason}). Is ProspectOps running there? `./prospectops up` starts it on this machine.");
}
