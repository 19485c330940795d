using System.CommandLine;
using System.Text.Json;
using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Commands;

/// <summary>How many items a list shows, and how they are read.</summary>
internal static class ListOutput
{
    public static Option<int> Limit() => CommonOptions.Number("--limit", "N", 50, 1_000_000, "How many at most.");

    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(ApiClient api, string path, int limit, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        await foreach (var item in api.ListAsync(path, cancellationToken))
        {
            items.Add(item);
            if (items.Count == limit)
                break;
        }
        return items;
    }
}
