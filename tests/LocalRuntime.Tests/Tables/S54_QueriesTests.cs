using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

[Collection(TablesCollection.Name)]
public sealed class S54_QueriesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Rows_come_in_pages_whose_tokens_resume()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await FillAsync(table, 2500);

        var pages = await table.QueryAsync<TableEntity>(maxPerPage: 1000).AsPages().AllAsync();
        var resumed = await table.QueryAsync<TableEntity>(maxPerPage: 1000).AsPages(pages[0].ContinuationToken).AllAsync();

        Assert.Equal([1000, 1000, 500], pages.Select(page => page.Values.Count));
        Assert.Null(pages[2].ContinuationToken);
        Assert.Equal(Enumerable.Range(0, 2500), pages.SelectMany(page => page.Values).Select(row => row.GetInt32("N")!.Value));
        Assert.Equal(Enumerable.Range(1000, 1500), resumed.SelectMany(page => page.Values).Select(row => row.GetInt32("N")!.Value));
    }

    [Fact]
    public async Task Enumerating_rows_reads_over_all_pages()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await FillAsync(table, 250);

        var rows = await table.QueryAsync<TableEntity>(maxPerPage: 100).AllAsync();
        var hinted = await table.QueryAsync<TableEntity>(maxPerPage: 100).AsPages(pageSizeHint: 200).AllAsync();

        Assert.Equal(250, rows.Count);
        Assert.Equal([200, 50], hinted.Select(page => page.Values.Count));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("''")]
    [InlineData("ü日本語🙂")]
    [InlineData("a+b c&d=e,f;g:h@i")]
    [InlineData("100%")]
    [InlineData("%2F%27")]
    [InlineData("{x}(y)[z]")]
    [InlineData("t|c|p|\"quoted\"")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Keys_round_trip_whatever_they_hold(string key)
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity(key, key) { ["A"] = 1 });

        await table.UpdateEntityAsync(new TableEntity(key, key) { ["B"] = 2 }, ETag.All);
        var read = (await table.GetEntityAsync<TableEntity>(key, key)).Value;
        var queried = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}")).AllAsync();
        var deleted = await table.DeleteEntityAsync(key, key);

        Assert.Equal((key, key, 1, 2), (read.PartitionKey, read.RowKey, read.GetInt32("A"), read.GetInt32("B")));
        Assert.Equal(key, Assert.Single(queried).RowKey);
        Assert.Equal(204, deleted.Status);
    }

    [Fact]
    public async Task Range_within_a_partition_is_found_by_prefix()
    {
        var table = await SomeTable.CreateAsync(azurite);
        foreach (var key in new[] { "a|1", "e|1", "e|2", "f|1" })
            await table.AddEntityAsync(new TableEntity("p", key));

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and RowKey ge {"e|"} and RowKey lt {"e}"}");
        var rows = await table.QueryAsync<TableEntity>(filter).AllAsync();

        Assert.Equal(["e|1", "e|2"], rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task Filters_compare_values_of_every_type()
    {
        var table = await SomeTable.CreateAsync(azurite);
        var id = Guid.NewGuid();
        var time = new DateTimeOffset(2026, 3, 1, 12, 30, 15, 250, TimeSpan.FromHours(2));
        await table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["I"] = 5,
            ["L"] = 5_000_000_000,
            ["D"] = 5.0,
            ["B"] = true,
            ["S"] = "it's",
            ["G"] = id,
            ["T"] = time,
        });

        async Task<int> CountAsync(FormattableString filter) => (await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)).AllAsync()).Count;

        Assert.Equal(1, await CountAsync($"I ge {5} and L eq {5_000_000_000} and D eq {5.0} and B eq {true}"));
        Assert.Equal(1, await CountAsync($"S eq {"it's"} and G eq {id} and T le {time}"));
        Assert.Equal(0, await CountAsync($"I gt {5} or D lt {4.5} or B eq {false} or T lt {time}"));
    }

    [Fact]
    public async Task Selection_leaves_out_what_it_does_not_name()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "B"])).Value;
        var queried = Assert.Single(await table.QueryAsync<TableEntity>(select: ["RowKey", "B"]).AllAsync());

        Assert.Equal(("r", 2, null), (read.RowKey, read.GetInt32("B"), read.GetInt32("A")));
        Assert.Equal(("r", 2, null), (queried.RowKey, queried.GetInt32("B"), queried.GetInt32("A")));
    }

    [Fact]
    public async Task Tables_are_created_once_listed_and_deleted()
    {
        var service = new TableServiceClient(azurite.ConnectionString);
        var name = "list" + Guid.NewGuid().ToString("N");

        var first = await service.CreateTableIfNotExistsAsync(name);
        var second = await service.CreateTableIfNotExistsAsync(name);
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => service.GetTableClient(name).CreateAsync());
        var listed = await service.QueryAsync(TableClient.CreateQueryFilter($"TableName eq {name}")).AllAsync();
        var deleted = await service.DeleteTableAsync(name);
        var again = await service.DeleteTableAsync(name);

        Assert.Equal((name, name), (first.Value.Name, second.Value.Name));
        Assert.Equal((409, "TableAlreadyExists"), (conflict.Status, conflict.ErrorCode));
        Assert.Equal(name, Assert.Single(listed).Name);
        Assert.Equal((204, 404), (deleted.Status, again.Status));
    }

    private static async Task FillAsync(TableClient table, int count)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
        {
            await table.SubmitTransactionAsync(chunk.Select(i => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("it's ü", i.ToString("D6", CultureInfo.InvariantCulture)) { ["N"] = i })));
        }
    }
}
