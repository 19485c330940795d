using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

[Collection(TablesCollection.Name)]
public sealed class S53_TransactionsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Hundred_actions_take_place_and_each_answers_with_its_version()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var response = await table.SubmitTransactionAsync(Adds(100));

        var rows = await table.QueryAsync<TableEntity>().AllAsync();
        Assert.Equal(202, response.GetRawResponse().Status);
        Assert.All(response.Value, part => Assert.Equal(204, part.Status));
        Assert.Equal(rows.Select(row => (ETag?)row.ETag), response.Value.Select(part => part.Headers.ETag));
    }

    [Fact]
    public async Task Hundred_and_first_action_is_refused_before_it_is_sent()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(Adds(101)));

        Assert.Equal((400, "InvalidInput"), (refusal.Status, refusal.ErrorCode));
        Assert.Empty(await table.QueryAsync<TableEntity>().AllAsync());
    }

    [Fact]
    public async Task Second_partition_is_refused_before_it_is_sent()
    {
        var table = await SomeTable.CreateAsync(azurite);
        TableTransactionAction[] actions = [.. Adds(2), new(TableTransactionActionType.Add, new TableEntity("other", "r"))];

        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));

        Assert.Equal((400, "CommandsInBatchActOnDifferentPartitions"), (refusal.Status, refusal.ErrorCode));
        Assert.Equal(2, refusal.FailedTransactionActionIndex);
    }

    [Fact]
    public async Task Row_named_twice_is_refused_before_it_is_sent()
    {
        var table = await SomeTable.CreateAsync(azurite);
        TableTransactionAction[] actions = [.. Adds(3), .. Adds(1)];

        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));

        Assert.True(refusal.ErrorCode == TableErrorCode.InvalidDuplicateRow);
        Assert.Equal(3, refusal.FailedTransactionActionIndex);
    }

    [Fact]
    public async Task One_failing_action_rolls_all_back_and_is_named()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "0002") { ["N"] = -1 });
        await table.AddEntityAsync(new TableEntity("p", "kept") { ["N"] = -1 });
        TableTransactionAction[] actions =
            [new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "kept") { ["N"] = 7 }), .. Adds(5)];

        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));

        var rows = await table.QueryAsync<TableEntity>().AllAsync();
        Assert.Equal((409, "EntityAlreadyExists"), (refusal.Status, refusal.ErrorCode));
        Assert.Equal(3, refusal.FailedTransactionActionIndex);
        Assert.Equal(["0002", "kept"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal(-1, row.GetInt32("N")));
    }

    [Fact]
    public async Task Stale_version_inside_a_transaction_fails_its_condition()
    {
        var table = await SomeTable.CreateAsync(azurite);
        var stale = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });

        var refusal = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [.. Adds(1), new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "r") { ["N"] = 2 }, stale)]));

        Assert.Equal((412, 1), (refusal.Status, refusal.FailedTransactionActionIndex));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "0000")).HasValue);
    }

    [Fact]
    public async Task Every_kind_of_action_works_in_one_transaction()
    {
        var table = await SomeTable.CreateAsync(azurite);
        foreach (var key in new[] { "delete", "merge", "replace" })
            await table.AddEntityAsync(new TableEntity("it's", key) { ["A"] = 1, ["B"] = 2 });
        TableEntity Row(string key) => new("it's", key) { ["A"] = 9 };

        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Delete, Row("delete")),
            new(TableTransactionActionType.UpdateMerge, Row("merge"), ETag.All),
            new(TableTransactionActionType.UpdateReplace, Row("replace"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, Row("upsert merge ü'{}+%")),
            new(TableTransactionActionType.UpsertReplace, Row("upsert replace")),
            new(TableTransactionActionType.Add, Row("add")),
        ]);

        var rows = await table.QueryAsync<TableEntity>().AllAsync();
        Assert.Equal(
            ["add 9 ", "merge 9 2", "replace 9 ", "upsert merge ü'{}+% 9 ", "upsert replace 9 "],
            rows.Select(row => $"{row.RowKey} {row.GetInt32("A")} {row.GetInt32("B")}"));
    }

    [Fact]
    public async Task Empty_transaction_is_a_mistake()
    {
        var table = await SomeTable.CreateAsync(azurite);

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
    }

    [Fact]
    public async Task Counter_that_moves_with_its_rows_stays_exact_among_rivals()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "c|total") { ["N"] = 0L });
        async Task InsertAsync(string row)
        {
            while (true)
            {
                var counter = (await table.GetEntityAsync<TableEntity>("p", "c|total")).Value;
                try
                {
                    await table.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.Add, new TableEntity("p", row)),
                        new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "c|total") { ["N"] = counter.GetInt64("N") + 1 }, counter.ETag),
                    ]);
                    return;
                }
                catch (TableTransactionFailedException e) when (e.Status == 412)
                {
                    continue; // A rival moved the counter: read it again.
                }
                catch (TableTransactionFailedException e) when (e.Status == 409)
                {
                    return; // The row is there, and counted.
                }
            }
        }

        // Each row is wanted by two rivals; one of them may count it.
        await Task.WhenAll(Enumerable.Range(0, 80).Select(i => InsertAsync($"e|{i % 40}")));

        var rows = await table.QueryAsync<TableEntity>().AllAsync();
        Assert.Equal(40, rows.Count(row => row.RowKey.StartsWith("e|", StringComparison.Ordinal)));
        Assert.Equal(40L, rows.Single(row => row.RowKey == "c|total").GetInt64("N"));
    }

    private static IEnumerable<TableTransactionAction> Adds(int count) => Enumerable.Range(0, count).Select(i => new TableTransactionAction(
        TableTransactionActionType.Add, new TableEntity("p", i.ToString("D4", CultureInfo.InvariantCulture)) { ["N"] = i }));
}
