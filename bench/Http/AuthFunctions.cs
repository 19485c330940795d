using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Bench.Http;

/// <summary>Two answers, each twice: to everybody, and to who has a key (<see cref="KeyMiddleware"/>). One is made of nothing, the other is a row of the store.</summary>
public static class AuthFunctions
{
    public const string Keyed = "BenchKeyed";
    public const string KeyedRow = "BenchKeyedRow";
    public const string Open = "BenchOpen";
    public const string OpenRow = "BenchOpenRow";

    private static readonly TableRow Row = new("bench", "row") { ["Status"] = "alive" };

    public static string[] Names { get; } = [Keyed, KeyedRow, Open, OpenRow];

    public static Task AddRowAsync(IStorage storage, CancellationToken cancellationToken) => Table(storage).UpsertAsync(Row, cancellationToken);

    [Function(Open)]
    public static IResult GetOpen([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/open")] HttpRequest request) => Answer("alive");

    [Function(Keyed)]
    public static IResult GetKeyed([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/keyed")] HttpRequest request) => Answer("alive");

    [Function(OpenRow)]
    public static Task<IResult> GetOpenRowAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/open-row")] HttpRequest request) => ReadAsync(request.HttpContext);

    [Function(KeyedRow)]
    public static Task<IResult> GetKeyedRowAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/keyed-row")] HttpRequest request) => ReadAsync(request.HttpContext);

    internal static async Task<IResult> ReadAsync(HttpContext http)
    {
        var row = await Table(http.RequestServices.GetRequiredService<IStorage>()).FindAsync(Row.Partition, Row.Row, http.RequestAborted);
        return row is null ? Results.NotFound() : Answer(row.Text("Status"));
    }

    private static ITable Table(IStorage storage) => storage.Table("BenchRows");

    private static IResult Answer(string? status) => Results.Json(new { status });
}
