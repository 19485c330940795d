using System.Text.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Platform.Storage;

public sealed class PayloadStoreTests
{
    private readonly InMemoryStorage _storage = new();
    private readonly PayloadStore _payloads;

    public PayloadStoreTests() => _payloads = new PayloadStore(_storage.Blobs("payloads"));

    [Fact]
    public async Task Small_payload_lies_in_the_row()
    {
        var row = new TableRow("p", "r");

        await _payloads.PutAsync(row, new Letter("short", ["a", "b"]), "t/r", default);
        var read = await _payloads.GetAsync<Letter>(row, default);

        Assert.Equal("short", read.Text);
        Assert.Equal(["a", "b"], read.Lines);
        Assert.NotNull(row.Bytes("Data"));
        Assert.Null(row["DataBlob"]);
        Assert.Null(await _storage.Blobs("payloads").ReadAsync("t/r", default));
    }

    [Fact]
    public async Task Large_payload_goes_to_a_blob_and_the_row_says_where()
    {
        var row = new TableRow("p", "r");
        var text = Incompressible(60_000);

        await _payloads.PutAsync(row, new Letter(text, []), "t/r", default);
        var read = await _payloads.GetAsync<Letter>(row, default);

        Assert.Equal(text, read.Text);
        Assert.Equal("t/r", row.Text("DataBlob"));
        Assert.Null(row["Data"]);
        Assert.NotNull(await _storage.Blobs("payloads").ReadAsync("t/r", default));
    }

    [Fact]
    public async Task What_packs_well_stays_in_the_row_however_long_it_is()
    {
        var row = new TableRow("p", "r");

        await _payloads.PutAsync(row, new Letter(new string('x', 1_000_000), []), "t/r", default);

        Assert.NotNull(row.Bytes("Data"));
        Assert.Equal(1_000_000, (await _payloads.GetAsync<Letter>(row, default)).Text.Length);
    }

    [Fact]
    public async Task Row_without_a_payload_and_one_whose_blob_is_gone_say_so()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _payloads.GetAsync<Letter>(new TableRow("p", "r"), default));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _payloads.GetAsync<Letter>(new TableRow("p", "r") { ["DataBlob"] = "t/gone" }, default));
    }

    [Fact]
    public void Packed_json_comes_back_and_is_smaller()
    {
        var letters = Enumerable.Range(0, 100).Select(number => new Letter($"Dear Zoë, number {number}", ["ü", ""])).ToArray();

        var packed = PackedJson.Pack(letters);
        var read = PackedJson.Unpack<List<Letter>>(packed);

        Assert.Equal(letters.Select(letter => letter.Text), read.Select(letter => letter.Text));
        Assert.True(packed.Length * 3 < JsonSerializer.SerializeToUtf8Bytes(letters).Length);
    }

    [Fact]
    public void Packed_null_and_bytes_that_are_no_json_are_refused()
    {
        Assert.Throws<JsonException>(() => PackedJson.Unpack<Letter>(PackedJson.Pack<Letter?>(null)));
        Assert.ThrowsAny<Exception>(() => PackedJson.Unpack<Letter>([1, 2, 3, 4]));
    }

    private static string Incompressible(int characters)
    {
        var random = new Random(1);
        return string.Create(characters, random, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = (char)('!' + source.Next(90));
        }).Replace('"', '_').Replace('\\', '_');
    }

    private sealed record Letter(string Text, IReadOnlyList<string> Lines);
}
