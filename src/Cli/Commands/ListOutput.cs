using System.CommandLine;
using System.Text.Json;
using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Commands;

/// <summary>How many items a list shows, and how they are read.</summary>
internal static class ListOutput
{
    public static Option<int> Limit()
    {
        var option = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => 50 };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[^1].Value, out var limit) && limit < 1)
                result.AddError("--limit takes a number from 1.");
        });
        return option;
    }

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
