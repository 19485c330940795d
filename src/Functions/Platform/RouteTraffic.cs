namespace ProspectOps.Functions.Platform;

/// <summary>Requests of one function by method: one is counted without a lock, and without making anything once its method was seen.</summary>
public sealed class RouteTraffic(string route)
{
    private static readonly string[] Methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "other"];

    private readonly MethodTraffic?[] _byMethod = new MethodTraffic?[Methods.Length];

    public string Route { get; } = route;

    /// <summary>The methods that came, with what was counted.</summary>
    public IEnumerable<(string Method, MethodTraffic Traffic)> Seen =>
        Methods.Index().Where(method => Volatile.Read(ref _byMethod[method.Index]) is not null).Select(method => (method.Item, _byMethod[method.Index]!));

    public void Count(string method, int status, TimeSpan took)
    {
        ref var traffic = ref _byMethod[IndexOf(method)];
        // A caller may send any word as its method: what is none of ours is one.
        (Volatile.Read(ref traffic) ?? Interlocked.CompareExchange(ref traffic, new MethodTraffic(), null) ?? traffic).Count(status, took);
    }

    private static int IndexOf(string method) => method switch
    {
        "DELETE" => 0,
        "GET" => 1,
        "HEAD" => 2,
        "OPTIONS" => 3,
        "PATCH" => 4,
        "POST" => 5,
        "PUT" => 6,
        _ => 7,
    };
}
