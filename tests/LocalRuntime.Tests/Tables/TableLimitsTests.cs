using System.Net;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class TableLimitsTests : IDisposable
{
    private readonly ScriptedService _service = new((HttpStatusCode.NoContent, ""));

    public static TheoryData<string, int, string, TableEntity> Refused => new()
    {
        { "key of 513 characters", 400, "KeyValueTooLarge", new TableEntity(new string('k', 513), "r") },
        { "slash in a key", 400, "OutOfRangeInput", new TableEntity("p", "a/b") },
        { "backslash in a key", 400, "OutOfRangeInput", new TableEntity("p", "a\\b") },
        { "hash in a key", 400, "OutOfRangeInput", new TableEntity("a#b", "r") },
        { "question mark in a key", 400, "OutOfRangeInput", new TableEntity("a?b", "r") },
        { "tab in a key", 400, "OutOfRangeInput", new TableEntity("p", "a\tb") },
        { "C1 control in a key", 400, "OutOfRangeInput", new TableEntity("p", "a\u0085b") },
        { "text of 32,769 characters", 400, "PropertyValueTooLarge", new TableEntity("p", "r") { ["V"] = new string('v', 32 * 1024 + 1) } },
        { "binary of 65,537 bytes", 400, "PropertyValueTooLarge", new TableEntity("p", "r") { ["V"] = new byte[64 * 1024 + 1] } },
        { "name of 256 characters", 400, "PropertyNameTooLong", new TableEntity("p", "r") { [new string('n', 256)] = 1 } },
        { "name with a hyphen", 400, "PropertyNameInvalid", new TableEntity("p", "r") { ["a-b"] = 1 } },
        { "name that begins with a digit", 400, "PropertyNameInvalid", new TableEntity("p", "r") { ["1a"] = 1 } },
        { "date of 1600", 400, "OutOfRangeInput", new TableEntity("p", "r") { ["V"] = new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero) } },
        { "253 properties", 400, "TooManyProperties", With(253, i => i) },
        { "17 texts of 64 KiB", 400, "EntityTooLarge", With(17, _ => new string('v', 32 * 1024)) },
    };

    public void Dispose() => _service.Dispose();

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Entity_over_a_limit_is_refused_without_a_round_trip(string what, int status, string code, TableEntity entity)
    {
        var table = _service.Table();

        var added = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(entity));
        var submitted = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, entity)]));

        Assert.True((status, code) == (added.Status, added.ErrorCode), what);
        Assert.True((status, code, 0) == (submitted.Status, submitted.ErrorCode, submitted.FailedTransactionActionIndex), what);
        Assert.Empty(_service.Received);
    }

    [Fact]
    public async Task Entity_at_its_limits_is_sent()
    {
        var table = _service.Table();

        await table.AddEntityAsync(new TableEntity(new string('k', 512), "a b") { [new string('n', 255)] = new string('v', 32 * 1024) });
        await table.AddEntityAsync(With(252, i => i));
        await table.AddEntityAsync(With(15, _ => new string('v', 32 * 1024)));

        Assert.Equal(3, _service.Received.Count);
    }

    [Fact]
    public async Task Transaction_over_4_MiB_is_refused_without_a_round_trip()
    {
        var rows = Enumerable.Range(0, 5).Select(i => new TableTransactionAction(
            TableTransactionActionType.Add, With(15, _ => new byte[48 * 1024 + i], $"r{i}")));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => _service.Table().SubmitTransactionAsync(rows));

        Assert.Equal((413, "RequestBodyTooLarge"), (refusal.Status, refusal.ErrorCode));
        Assert.Empty(_service.Received);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("with-hyphen")]
    [InlineData("tables")]
    [InlineData("abc\n")]
    public async Task Table_name_that_the_service_refuses_is_refused_without_a_round_trip(string name)
    {
        var table = new TableClient("UseDevelopmentStorage=true", name);

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync());

        Assert.Equal((400, "InvalidResourceName"), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public async Task Keys_of_reads_and_deletions_are_held_to_the_limits_too()
    {
        var table = _service.Table();

        var read = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", "a/b"));
        var deleted = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "a#b"));

        Assert.Equal(("OutOfRangeInput", "OutOfRangeInput"), (read.ErrorCode, deleted.ErrorCode));
        Assert.Empty(_service.Received);
    }

    private static TableEntity With(int properties, Func<int, object> value, string rowKey = "r")
    {
        var entity = new TableEntity("p", rowKey);
        for (var i = 0; i < properties; i++)
            entity[$"P{i}"] = value(i);
        return entity;
    }
}
