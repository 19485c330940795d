using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class AzureTableTests(AzuriteStorageFixture azurite) : TableContract(azurite.Storage);

[Collection(AzuriteCollection.Name)]
public sealed class AzureTransactionTests(AzuriteStorageFixture azurite) : TransactionContract(azurite.Storage);

[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobsTests(AzuriteStorageFixture azurite) : BlobsContract(azurite.Storage);

[Collection(AzuriteCollection.Name)]
public sealed class AzureCountersTests(AzuriteStorageFixture azurite) : CountersContract(azurite.Storage);

[Collection(AzuriteCollection.Name)]
public sealed class AzureQueueTests(AzuriteStorageFixture azurite) : QueueContract(azurite.Storage)
{
    [Fact]
    public async Task Message_is_base64_of_json_and_does_not_expire()
    {
        var name = SomeNames.Queue();

        await azurite.Storage.Queue<SomeMessage>(name).SendAsync(new SomeMessage(1, "first", null, []), TimeSpan.Zero, default);
        var raw = Assert.Single((await new QueueClient(azurite.ConnectionString, name).ReceiveMessagesAsync(10)).Value);

        Assert.Equal("""{"v":1,"name":"first","numbers":[]}""", Encoding.UTF8.GetString(Convert.FromBase64String(raw.Body.ToString())));
        Assert.True(raw.ExpiresOn > DateTimeOffset.UtcNow.AddYears(100));
    }

    [Fact]
    public async Task Delayed_message_is_not_seen_before_its_time()
    {
        var name = SomeNames.Queue();

        await azurite.Storage.Queue<SomeMessage>(name).SendAsync(new SomeMessage(1, "late", null, []), TimeSpan.FromHours(10), default);

        Assert.Empty((await new QueueClient(azurite.ConnectionString, name).ReceiveMessagesAsync(10)).Value);
        Assert.Equal(1, (await new QueueClient(azurite.ConnectionString, name).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    protected override async Task<IReadOnlyList<SomeMessage>> ReceiveAsync(string name)
    {
        var client = new QueueClient(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var messages = await client.ReceiveMessagesAsync(32);
        return [.. messages.Value.Select(message => JsonSerializer.Deserialize<SomeMessage>(message.Body.ToMemory().Span, JsonDefaults.Options)!)];
    }
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureStorageTests(AzuriteStorageFixture azurite)
{
    [Theory]
    [InlineData(StorageKind.Tables)]
    [InlineData(StorageKind.Blobs)]
    [InlineData(StorageKind.Queues)]
    public async Task Store_that_is_there_answers_a_ping(StorageKind kind) => await azurite.Storage.PingAsync(kind, default);

    [Fact]
    public async Task Two_views_of_one_account_see_the_same_rows()
    {
        var name = SomeNames.Table();
        using var other = new AzureStorage(azurite.Configuration);

        await azurite.Storage.Table(name).UpsertAsync(new TableRow("p", "r") { ["Value"] = 1 }, default);

        Assert.Equal(1, (await other.Table(name).FindAsync("p", "r", default))!.Number("Value"));
    }
}
