using System.Text;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class DeadLetterStoreTests
{
    private readonly InMemoryStorage _storage = new();
    private readonly FakeClock _clock = new();

    public static TheoryData<byte[]> Garbage =>
    [
        Array.Empty<byte>(),
        new byte[] { 0, 0xff, 0xfe, 0xc3, 0x28 },
        Encoding.UTF8.GetBytes("null"),
        Encoding.UTF8.GetBytes("[]"),
        Encoding.UTF8.GetBytes("not json"),
        Encoding.UTF8.GetBytes("{}"),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":null,"batch":"b","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe","batch":"b","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"A/../B","endpointId":"whe_1","batch":"b","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_/1","batch":"b","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"a#b","attempt":1}"""),
        Encoding.UTF8.GetBytes("""{"v":1,"tenantId":"acme","endpointId":"whe_1","batch":"a\u0000b","attempt":1}"""),
        Encoding.UTF8.GetBytes(new string('x', 60_000)),
        Encoding.UTF8.GetBytes(new string('ü', 30_000)),
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Whatever_cannot_be_read_is_kept_once_under_the_operator(byte[] raw)
    {
        var store = new DeadLetterStore(_storage, _clock);

        await store.RecordAsync(raw, default);
        await store.RecordAsync(raw, default);
        var letter = Assert.Single(await LettersAsync("default"));

        Assert.StartsWith("raw_", letter.Row, StringComparison.Ordinal);
        Assert.Equal("unreadable message", letter.Text("Cause"));
        Assert.True(letter.Text("Message")!.Length <= 8_000);
        Assert.Equal(_clock.Now, letter.Time("At"));
    }

    [Fact]
    public async Task Dead_delivery_is_kept_under_its_tenant_and_id_once()
    {
        var store = new DeadLetterStore(_storage, _clock);
        var raw = JsonSerializer.SerializeToUtf8Bytes(new DeliveryMessage(1, "acme", "whe_1", "batch", 3, Index: 7, Cause: "answered 404"), JsonDefaults.Options);

        await store.RecordAsync(raw, default);
        await store.RecordAsync(raw, default);
        var letter = Assert.Single(await LettersAsync("acme"));

        Assert.Equal(DeliveryBatch.DeliveryIdOf("whe_1", "batch", 7), letter.Row);
        Assert.Equal("answered 404", letter.Text("Cause"));
    }

    [Fact]
    public async Task Batch_that_the_queue_gave_up_on_is_kept_as_a_batch()
    {
        await new DeadLetterStore(_storage, _clock).RecordAsync(JsonSerializer.SerializeToUtf8Bytes(new DeliveryMessage(1, "acme", "whe_1", "batch", 3), JsonDefaults.Options), default);

        Assert.Equal("batch_batch", Assert.Single(await LettersAsync("acme")).Row);
    }

    private async Task<List<TableRow>> LettersAsync(string tenant)
    {
        var letters = new List<TableRow>();
        await foreach (var row in _storage.Table("DeadLetters").RangeAsync(tenant, "", "~", 100, default))
            letters.Add(row);
        return letters;
    }
}
