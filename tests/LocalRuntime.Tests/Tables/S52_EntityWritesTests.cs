using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

[Collection(TablesCollection.Name)]
public sealed class S52_EntityWritesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Adding_twice_is_a_conflict()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, refusal.Status);
        Assert.True(refusal.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task Adding_answers_204_with_the_new_version()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var response = await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        var read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(204, response.Status);
        Assert.Equal(response.Headers.ETag, read.Value.ETag);
    }

    [Fact]
    public async Task Stale_update_fails_its_condition()
    {
        var table = await SomeTable.CreateAsync(azurite);
        var first = (await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 })).Headers.ETag!.Value;
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, first);

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, first, TableUpdateMode.Replace));

        Assert.Equal(412, refusal.Status);
        Assert.True(refusal.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("A"));
    }

    [Fact]
    public async Task Update_of_a_missing_row_is_not_found()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));

        Assert.Equal(404, refusal.Status);
        Assert.True(refusal.ErrorCode == TableErrorCode.ResourceNotFound);
    }

    [Fact]
    public async Task Update_needs_a_version()
    {
        var table = await SomeTable.CreateAsync(azurite);

        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
    }

    [Fact]
    public async Task Merge_keeps_what_it_does_not_name_and_replace_drops_it()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = "b" });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2, ["B"] = null });
        var merged = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, TableUpdateMode.Replace);
        var replaced = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((2, "b"), (merged.GetInt32("A"), merged.GetString("B")));
        Assert.Equal((3, null), (replaced.GetInt32("A"), replaced.GetString("B")));
    }

    [Fact]
    public async Task Deleting_a_missing_row_answers_404_and_does_not_throw()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var response = await table.DeleteEntityAsync("p", "missing");

        Assert.Equal(404, response.Status);
    }

    [Fact]
    public async Task Deleting_with_a_stale_version_fails_its_condition()
    {
        var table = await SomeTable.CreateAsync(azurite);
        var first = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", first));

        Assert.Equal(412, refusal.Status);
        Assert.Equal(204, (await table.DeleteEntityAsync(new TableEntity("p", "r"))).Status);
    }

    [Fact]
    public async Task Missing_row_has_no_value_or_throws_as_asked()
    {
        var table = await SomeTable.CreateAsync(azurite);

        var maybe = await table.GetEntityIfExistsAsync<TableEntity>("p", "missing");
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "missing"));

        Assert.False(maybe.HasValue);
        Assert.Equal(404, maybe.GetRawResponse().Status);
        Assert.Equal(404, refusal.Status);
        Assert.True(refusal.ErrorCode == TableErrorCode.ResourceNotFound);
    }

    [Fact]
    public async Task Missing_table_is_named_as_such()
    {
        var table = new TableClient(azurite.ConnectionString, "nosuchtable");

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(404, refusal.Status);
        Assert.True(refusal.ErrorCode == TableErrorCode.TableNotFound);
    }
}
