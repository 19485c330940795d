using Azure;
using Azure.Data.Tables;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Tables;

[Collection(TablesCollection.Name)]
public sealed class S55_EdmTypesTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Time = new(2026, 2, 28, 23, 59, 59, 123, TimeSpan.FromHours(-5));
    private static readonly Guid Id = new("3f2504e0-4f89-11d3-9a0c-0305e82c3301");

    public static TheoryData<object> Values => new((object[])
    [
        "", "it's \"quoted\" \\ \n\t ü日本語🙂 \u2028 </script> {}", new string('ü', 32 * 1024), int.MinValue, int.MaxValue,
        long.MinValue, long.MaxValue, 5L, 5.0, 0.0, -1.0, 1e300, 1e16, double.Epsilon, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        true, false, Id, Time.ToUniversalTime(), new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        new byte[] { 0, 1, 255 }, new byte[64 * 1024],
    ]);

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Value_comes_back_as_it_went(object value)
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["V"] = value });
        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "t") { ["V"] = value })]);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value["V"];
        var queried = (await table.QueryAsync<TableEntity>().AllAsync()).Select(row => row["V"]);

        Assert.Equal(value, read);
        Assert.All(queried, other => Assert.Equal(value, other));
    }

    [Fact]
    public async Task Class_comes_back_as_it_went()
    {
        var table = await SomeTable.CreateAsync(azurite);
        var written = new SomeEntity
        {
            PartitionKey = "p",
            RowKey = "r",
            Text = "ü",
            Int32 = -1,
            Int64 = 1L << 40,
            Double = 3,
            Flag = true,
            Id = Id,
            Time = Time,
            UtcTime = Time.UtcDateTime,
            Bytes = [1, 2],
            Data = new BinaryData("x"u8.ToArray()),
            Day = DayOfWeek.Friday,
            MaybeDay = DayOfWeek.Monday,
            MaybeDouble = 4,
            Original = "o",
        };

        await table.AddEntityAsync(written);
        var read = (await table.GetEntityAsync<SomeEntity>("p", "r")).Value;
        var raw = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((written.Text, written.Int32, written.Int64, written.Double, written.Flag), (read.Text, read.Int32, read.Int64, read.Double, read.Flag));
        Assert.Equal((written.Id, written.Time.ToUniversalTime(), written.UtcTime), (read.Id, read.Time, read.UtcTime));
        Assert.Equal((written.Day, written.MaybeDay, null, written.MaybeDouble), (read.Day, read.MaybeDay, read.MaybeInt64, read.MaybeDouble));
        Assert.Equal(written.Bytes, read.Bytes);
        Assert.Equal(("x", "o"), (read.Data!.ToString(), read.Original));
        Assert.Equal(("Friday", "o", false), (raw.GetString("Day"), raw.GetString("renamed"), raw.ContainsKey("Key")));
        Assert.True(read.Timestamp > DateTimeOffset.UnixEpoch);
        Assert.NotEqual(default, read.ETag);
    }

    [Fact]
    public async Task Unknown_name_of_an_enum_leaves_the_default()
    {
        var table = await SomeTable.CreateAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Day"] = "Someday" });

        var read = (await table.GetEntityAsync<SomeEntity>("p", "r")).Value;

        Assert.Equal(DayOfWeek.Sunday, read.Day);
    }

    [Fact]
    public async Task Type_that_the_service_lacks_is_refused_before_it_is_sent()
    {
        var table = await SomeTable.CreateAsync(azurite);

        foreach (var value in new object[] { 1.5m, DayOfWeek.Friday, TimeSpan.Zero, 1f, DateTime.SpecifyKind(Time.DateTime, DateTimeKind.Local), new[] { "a" } })
            await Assert.ThrowsAsync<NotSupportedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["V"] = value }));

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Decimal_in_a_class_is_refused_before_it_is_sent()
    {
        var table = await SomeTable.CreateAsync(azurite);

        await Assert.ThrowsAsync<NotSupportedException>(() => table.UpsertEntityAsync(new Priced { PartitionKey = "p", RowKey = "r", Price = 1.5m }));
    }

    private sealed class Priced : ITableEntity
    {
        public string PartitionKey { get; set; } = "";
        public string RowKey { get; set; } = "";
        public DateTimeOffset? Timestamp { get; set; }
        public ETag ETag { get; set; }
        public decimal Price { get; set; }
    }
}
